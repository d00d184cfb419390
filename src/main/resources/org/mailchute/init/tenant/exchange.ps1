
# ===== Exchange Online =======================================================================================================
if ($Part -eq 'Exchange') {
    $environment = @{ WORLDWIDE = 'O365Default'; GCC_HIGH = 'O365USGovGCCHigh'; DOD = 'O365USGovDoD'; CHINA = 'O365China' }[$Cloud]
    Connect-ExchangeOnline -ExchangeEnvironmentName $environment -ShowBanner:$false
    if (-not (Get-AcceptedDomain | Where-Object { $_.DomainName -eq $Domain })) {
        throw "$Domain is no accepted domain of this tenant: add it in the admin center, Settings, Domains"
    }
    $made = if (Test-Path -Path $Applications) { Get-Content -Raw -Path $Applications | ConvertFrom-Json }
