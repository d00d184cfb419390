# What Mailchute needs in the tenant, written by "mailchute init"; tenant.md beside it says why, and what to do without PowerShell.
# Read it first. Run it once, in PowerShell 7, as somebody who may register applications in Entra and is an Exchange administrator:
#   Install-Module Microsoft.Graph, ExchangeOnlineManagement
#   ./tenant.ps1
# It ends at the first command that fails. Delete what is done already, then go on with that part: ./tenant.ps1 -Part Exchange
param([ValidateSet('All', 'Entra', 'Exchange', 'Azure')] [string] $Part = 'All')
$ErrorActionPreference = 'Stop'
$Gateway = @gateway@
$Domain = @domain@
$Tenant = @tenant@
$Mailbox = @mailbox@
$SendAs = @sendAs@
$Cloud = @cloud@
# Ids of the applications, for the parts behind the first; no secret
$Applications = Join-Path $PSScriptRoot 'tenant-applications.json'

if ($Part -eq 'All') {
    # A process for each: in one, the modules of Entra, Exchange and Azure get in each other's way
    foreach ($one in @parts@) {
        & (Get-Process -Id $PID).Path -NoProfile -File $PSCommandPath -Part $one
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
    }
    exit 0
}
