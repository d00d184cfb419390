
# ===== Entra =================================================================================================================
if ($Part -eq 'Entra') {
    $environment = @{ WORLDWIDE = 'Global'; GCC_HIGH = 'USGov'; DOD = 'USGovDoD'; CHINA = 'China' }[$Cloud]
    Connect-MgGraph -Environment $environment -TenantId $Tenant -NoWelcome -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Domain.Read.All'
    $made = @{}

    # An application of its own for each lane that logs in, so that none has more rights than it needs. The secret goes into a file beside
    # this script and is shown nowhere. Exchange wants the object id of the Enterprise application.
    $ClientId = @clientId@
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
