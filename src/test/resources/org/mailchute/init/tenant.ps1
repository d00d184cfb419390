# What Mailchute needs in the tenant, written by "mailchute init"; tenant.md beside it says why, and what to do without PowerShell.
# Read it first. Run it once, in PowerShell 7, as somebody who may register applications in Entra and is an Exchange administrator:
#   Install-Module Microsoft.Graph, ExchangeOnlineManagement
#   ./tenant.ps1
# It ends at the first command that fails. Delete what is done already, then go on with that part: ./tenant.ps1 -Part Exchange
param([ValidateSet('All', 'Entra', 'Exchange', 'Azure')] [string] $Part = 'All')
$ErrorActionPreference = 'Stop'
$Gateway = 'gateway.contoso.com'
$Domain = 'contoso.com'
$Tenant = 'contoso.com'
$Mailbox = 'o''brien@contoso.com'
$SendAs = @('ceo@contoso.com', 'o''hara@contoso.com')
$Cloud = 'WORLDWIDE'
# Ids of the applications, for the parts behind the first; no secret
$Applications = Join-Path $PSScriptRoot 'tenant-applications.json'

if ($Part -eq 'All') {
    # A process for each: in one, the modules of Entra, Exchange and Azure get in each other's way
    foreach ($one in @('Entra', 'Exchange', 'Azure')) {
        & (Get-Process -Id $PID).Path -NoProfile -File $PSCommandPath -Part $one
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
    }
    exit 0
}

# ===== Entra =================================================================================================================
if ($Part -eq 'Entra') {
    $environment = @{ WORLDWIDE = 'Global'; GCC_HIGH = 'USGov'; DOD = 'USGovDoD'; CHINA = 'China' }[$Cloud]
    Connect-MgGraph -Environment $environment -TenantId $Tenant -NoWelcome -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Domain.Read.All'
    $made = @{}

    # An application of its own for each lane that logs in, so that none has more rights than it needs. The secret goes into a file beside
    # this script and is shown nowhere. Exchange wants the object id of the Enterprise application.
    $ClientId = ''
    function New-LaneApplication([string] $Lane) {
        if ($ClientId) {
            $app = Get-MgApplication -Filter "appId eq '$ClientId'"
            $principal = Get-MgServicePrincipal -Filter "appId eq '$ClientId'"
        } else {
            $app = New-MgApplication -DisplayName "Mailchute $Lane $Gateway" -SignInAudience 'AzureADMyOrg'
            $principal = New-MgServicePrincipal -AppId $app.AppId
        }
        $ends = (Get-Date).AddMonths(24)
        $secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ DisplayName = 'Mailchute'; EndDateTime = $ends }
        Set-Content -NoNewline -Path (Join-Path $PSScriptRoot "$Lane.secret") -Value $secret.SecretText
        $made[$Lane] = @{ AppId = $app.AppId; Id = $principal.Id }
        Write-Host "For mailchute.yaml, lane ${Lane}:"
        Write-Host "      clientId: $($app.AppId)"
        Write-Host "      secretEnds: $($ends.ToString('yyyy-MM-dd'))"
        Write-Host "and the file $Lane.secret, to lie beside mailchute.yaml"
    }

    # --- Lane mailbox
    New-LaneApplication 'mailbox'

    # --- Lane graph
    New-LaneApplication 'graph'

    # --- Lane volume: Mail.Send of Office 365 Exchange Online (SMTP.SendAsApp does not do), with admin consent
    New-LaneApplication 'volume'
    $online = Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'"
    $role = $online.AppRoles | Where-Object { $_.Value -eq 'Mail.Send' }
    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $made['volume'].Id -PrincipalId $made['volume'].Id -ResourceId $online.Id -AppRoleId $role.Id | Out-Null

    # --- Lane bulk
    New-LaneApplication 'bulk'

    # --- The tenant's own MX host, for the host of these lanes in mailchute.yaml, since mail for the domain goes elsewhere first
    Get-MgDomainServiceConfigurationRecord -DomainId $Domain | Where-Object { $_.RecordType -eq 'Mx' } |
        ForEach-Object { Write-Host "      host: $($_.AdditionalProperties.mailExchange)" }

    $made | ConvertTo-Json | Set-Content -Path $Applications
}

# ===== Exchange Online =======================================================================================================
if ($Part -eq 'Exchange') {
    $environment = @{ WORLDWIDE = 'O365Default'; GCC_HIGH = 'O365USGovGCCHigh'; DOD = 'O365USGovDoD'; CHINA = 'O365China' }[$Cloud]
    Connect-ExchangeOnline -ExchangeEnvironmentName $environment -ShowBanner:$false
    if (-not (Get-AcceptedDomain | Where-Object { $_.DomainName -eq $Domain })) {
        throw "$Domain is no accepted domain of this tenant: add it in the admin center, Settings, Domains"
    }
    $made = if (Test-Path -Path $Applications) { Get-Content -Raw -Path $Applications | ConvertFrom-Json }

    # RBAC for Applications: roles for one mailbox only. No API permission in Entra then, which would be one for all mailboxes.
    function Grant-LaneRoles([string] $Lane, [string[]] $Roles) {
        $application = $made.$Lane
        if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $application.AppId })) {
            New-ServicePrincipal -AppId $application.AppId -ObjectId $application.Id -DisplayName "Mailchute $Lane" | Out-Null
        }
        $scope = "Mailchute $Lane $Gateway"
        $scope = $scope.Substring(0, [Math]::Min(64, $scope.Length))
        New-ManagementScope -Name $scope -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$($Mailbox.Replace("'", "''"))'" | Out-Null
        foreach ($role in $Roles) {
            New-ManagementRoleAssignment -Role $role -App $application.AppId -CustomResourceScope $scope | Out-Null
        }
        Test-ServicePrincipalAuthorization -Identity $application.AppId -Resource $Mailbox | Format-Table RoleName, InScope
    }

    # --- Lane mailbox: client submission
    Grant-LaneRoles 'mailbox' @('Application SMTP.SendAsApp')
    # The switch for SMTP AUTH stops OAuth as well; the mailbox's own goes before the tenant's
    Set-CASMailbox -Identity $Mailbox -SmtpClientAuthenticationDisabled $false

    # --- Lane graph: Microsoft Graph. Mail.ReadWrite is for messages above 3 MB, which Graph takes as a draft
    Grant-LaneRoles 'graph' @('Application Mail.Send', 'Application Mail.ReadWrite')

    # --- Lane volume: High Volume Email
    $Account = 'mailchute@contoso.com'
    Get-HVEAccountBillingPolicy   # there must be one, or nothing is sent
    New-MailUser -HVEAccount -Name "Mailchute $Gateway" -PrimarySmtpAddress $Account | Out-Null
    Add-HVEAppAccess -Identity $Account -AppIds $made.volume.AppId   # five minutes until it works

    # --- Lane connector: relay
    $Address = '203.0.113.7'
    $Certificate = ''
    $connector = @{ Name = "Mailchute $Gateway"; ConnectorType = 'OnPremises'; SenderDomains = '*'; RequireTls = $true; Enabled = $true }
    if ($Certificate) { $connector.TlsSenderCertificateName = $Certificate } else { $connector.SenderIPAddresses = $Address }
    New-InboundConnector @connector | Out-Null
    # A new one may be there and not enabled: then Microsoft's support has to do it
    Get-InboundConnector -Identity $connector.Name | Format-List Name, Enabled, SenderIPAddresses, TlsSenderCertificateName

    # --- Lane direct: direct send. Nothing to set up; where RejectDirectSend is on, what nobody knows is refused (5.7.68)
    if ((Get-OrganizationConfig).RejectDirectSend) {
        Write-Warning 'RejectDirectSend is on, so the lane direct will be held. Leave it on, and use another way'
    }

    # --- Send As
    foreach ($sender in $SendAs) {
        Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
    }

    Disconnect-ExchangeOnline -Confirm:$false
}

# ===== Azure =================================================================================================================
# Lane bulk: Azure Communication Services. It needs these modules, a subscription, and a Communication Services resource to which the
# verified domain is connected:   Install-Module Az.Accounts, Az.Resources, Az.Communication
if ($Part -eq 'Azure') {
    $application = (Get-Content -Raw -Path $Applications | ConvertFrom-Json).bulk
    $environment = @{ WORLDWIDE = 'AzureCloud'; GCC_HIGH = 'AzureUSGovernment'; DOD = 'AzureUSGovernment'; CHINA = 'AzureChinaCloud' }[$Cloud]
    Connect-AzAccount -Environment $environment -Tenant $Tenant | Out-Null
    $service = Get-AzResource -ResourceType 'Microsoft.Communication/communicationServices'
    if (@($service).Count -ne 1) {
        throw 'this subscription has none or several Communication Services: set $service to the one that is meant'
    }
    New-AzRoleAssignment -ApplicationId $application.AppId -RoleDefinitionName 'Communication and Email Service Owner' -Scope $service.ResourceId | Out-Null
    New-AzCommunicationServiceSmtpUsername -CommunicationServiceName $service.Name -ResourceGroupName $service.ResourceGroupName -SmtpUsername 'mailchute' -EntraApplicationId $application.AppId -TenantId (Get-AzContext).Tenant.Id -Username $Mailbox | Out-Null
    # Each sender must be a MailFrom address: Azure portal, Email Communication Services, Provision domains
}
