# --- Exchange Online ---------------------------------------------------------------------------------------------------------
$exchange = @{ WORLDWIDE = 'O365Default'; GCC_HIGH = 'O365USGovGCCHigh'; DOD = 'O365USGovDoD'; CHINA = 'O365China' }[$Cloud]
Connect-ExchangeOnline -ExchangeEnvironmentName $exchange -ShowBanner:$false
if (-not (Get-AcceptedDomain | Where-Object { $_.DomainName -eq $Domain })) {
    throw "$Domain is no accepted domain of this tenant: add it in the admin center, Settings, Domains"
}
