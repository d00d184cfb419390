# What Mailchute needs in the tenant, written by "mailchute init"; tenant.md beside it says why, and what to do without PowerShell.
# Read it first. Run it once, in PowerShell 7, as somebody who may register applications in Entra and is an Exchange administrator:
#   Install-Module Microsoft.Graph, ExchangeOnlineManagement
#   ./tenant.ps1
# It ends at the first command that fails. What was done until then stays: delete those lines before you run it again.
$ErrorActionPreference = 'Stop'
$Gateway = 'gateway.contoso.com'
$Domain = 'contoso.com'
$Tenant = 'contoso.com'
$Cloud = 'WORLDWIDE'

# --- Exchange Online ---------------------------------------------------------------------------------------------------------
$exchange = @{ WORLDWIDE = 'O365Default'; GCC_HIGH = 'O365USGovGCCHigh'; DOD = 'O365USGovDoD'; CHINA = 'O365China' }[$Cloud]
Connect-ExchangeOnline -ExchangeEnvironmentName $exchange -ShowBanner:$false
if (-not (Get-AcceptedDomain | Where-Object { $_.DomainName -eq $Domain })) {
    throw "$Domain is no accepted domain of this tenant: add it in the admin center, Settings, Domains"
}

# --- Entra -------------------------------------------------------------------------------------------------------------------
$entra = @{ WORLDWIDE = 'Global'; GCC_HIGH = 'USGov'; DOD = 'USGovDoD'; CHINA = 'China' }[$Cloud]
Connect-MgGraph -Environment $entra -TenantId $Tenant -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Domain.Read.All' -NoWelcome

# An application of its own for each lane that logs in, so that none has more rights than it needs. The secret goes into a file beside
# this script and is shown nowhere. What it returns is the Enterprise application, whose object id Exchange wants.
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
    Write-Host "For mailchute.yaml, lane ${Lane}:"
    Write-Host "      clientId: $($app.AppId)"
    Write-Host "      secretEnds: $($ends.ToString('yyyy-MM-dd'))"
    Write-Host "and the file $Lane.secret, to lie beside mailchute.yaml"
    return $principal
}

# Exchange's RBAC for Applications: roles for one mailbox only. No API permission in Entra then, which would be one for all mailboxes.
function Grant-LaneRoles([string] $Lane, $Principal, [string] $Mailbox, [string[]] $Roles) {
    if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $Principal.AppId })) {
        New-ServicePrincipal -AppId $Principal.AppId -ObjectId $Principal.Id -DisplayName "Mailchute $Lane" | Out-Null
    }
    $scope = "Mailchute $Lane $Gateway"
    $scope = $scope.Substring(0, [Math]::Min(64, $scope.Length))
    New-ManagementScope -Name $scope -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$($Mailbox.Replace("'", "''"))'" | Out-Null
    foreach ($role in $Roles) {
        New-ManagementRoleAssignment -Role $role -App $Principal.AppId -CustomResourceScope $scope | Out-Null
    }
    Test-ServicePrincipalAuthorization -Identity $Principal.AppId -Resource $Mailbox | Format-Table RoleName, InScope
}

# --- Lane mailbox: client submission ---------------------------------------------------------------------------------------------
$Mailbox = 'o''brien@contoso.com'
$SendAs = @('ceo@contoso.com', 'o''hara@contoso.com')
$application = New-LaneApplication 'mailbox'
Grant-LaneRoles 'mailbox' $application $Mailbox @('Application SMTP.SendAsApp')
# The switch for SMTP AUTH stops OAuth as well; the mailbox's own goes before the tenant's
Set-CASMailbox -Identity $Mailbox -SmtpClientAuthenticationDisabled $false
foreach ($sender in $SendAs) {
    Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
}

# --- Lane graph: Microsoft Graph -------------------------------------------------------------------------------------------------
$Mailbox = 'o''brien@contoso.com'
$SendAs = @('ceo@contoso.com', 'o''hara@contoso.com')
$application = New-LaneApplication 'graph'
# Mail.ReadWrite is for messages above 3 MB, which Graph takes as a draft
Grant-LaneRoles 'graph' $application $Mailbox @('Application Mail.Send', 'Application Mail.ReadWrite')
foreach ($sender in $SendAs) {
    Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
}

# --- Lane volume: High Volume Email ----------------------------------------------------------------------------------------------
$Account = 'mailchute@contoso.com'
Get-HVEAccountBillingPolicy   # there must be one, or nothing is sent
New-MailUser -HVEAccount -Name "Mailchute $Gateway" -PrimarySmtpAddress $Account | Out-Null
$application = New-LaneApplication 'volume'
# Mail.Send of Office 365 Exchange Online (SMTP.SendAsApp does not do), with admin consent
$online = Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'"
$role = $online.AppRoles | Where-Object { $_.Value -eq 'Mail.Send' }
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $application.Id -PrincipalId $application.Id -ResourceId $online.Id -AppRoleId $role.Id | Out-Null
Add-HVEAppAccess -Identity $Account -AppIds $application.AppId   # five minutes until it works

# --- Lane bulk: Azure Communication Services -------------------------------------------------------------------------------------
# It needs the module Az as well, an Azure subscription, and a Communication Services resource to which the verified domain is connected
#   Install-Module Az.Accounts, Az.Resources, Az.Communication
$Mailbox = 'o''brien@contoso.com'
Connect-AzAccount -Tenant $Tenant | Out-Null
$application = New-LaneApplication 'bulk'
$service = Get-AzResource -ResourceType 'Microsoft.Communication/communicationServices'
if (@($service).Count -ne 1) {
    throw 'this subscription has none or several Communication Services: set $service to the one that is meant'
}
New-AzRoleAssignment -ApplicationId $application.AppId -RoleDefinitionName 'Communication and Email Service Owner' -Scope $service.ResourceId | Out-Null
New-AzCommunicationServiceSmtpUsername -CommunicationServiceName $service.Name -ResourceGroupName $service.ResourceGroupName -SmtpUsername 'mailchute' -EntraApplicationId $application.AppId -TenantId (Get-AzContext).Tenant.Id -Username $Mailbox | Out-Null
# Each sender must be a MailFrom address: Azure portal, Email Communication Services, Provision domains

# --- Lane connector: relay -------------------------------------------------------------------------------------------------------
$Address = '203.0.113.7'
$Certificate = ''
$connector = @{ Name = "Mailchute $Gateway"; ConnectorType = 'OnPremises'; SenderDomains = '*'; RequireTls = $true; Enabled = $true }
if ($Certificate) { $connector.TlsSenderCertificateName = $Certificate } else { $connector.SenderIPAddresses = $Address }
New-InboundConnector @connector | Out-Null
# A new one may be there and not enabled: then Microsoft's support has to do it
Get-InboundConnector -Identity $connector.Name | Format-List Name, Enabled, SenderIPAddresses, TlsSenderCertificateName

# --- Lane direct: direct send ----------------------------------------------------------------------------------------------------
# Nothing to set up. Where RejectDirectSend is on, what nobody knows is refused (5.7.68): leave it on, and use another way
if ((Get-OrganizationConfig).RejectDirectSend) {
    Write-Warning 'RejectDirectSend is on: the lane direct will be held'
}

# --- The tenant's own MX host, for the host of these lanes in mailchute.yaml, since mail for the domain goes elsewhere first ---------
Get-MgDomainServiceConfigurationRecord -DomainId $Domain | Where-Object { $_.RecordType -eq 'Mx' } |
    ForEach-Object { Write-Host "host: $($_.AdditionalProperties.mailExchange)" }
