# What Mailchute needs in the tenant, written by "mailchute init"; tenant.md beside it says why, and what to do without PowerShell.
# Read it first. Run it once, in PowerShell 7, as somebody who may register applications in Entra and is an Exchange administrator:
#   Install-Module Microsoft.Graph, ExchangeOnlineManagement
#   ./tenant.ps1
# It ends at the first command that fails. What was done until then stays: delete those lines before you run it again.
$ErrorActionPreference = 'Stop'
$Gateway = @gateway@
$Domain = @domain@
$Tenant = @tenant@
$Cloud = @cloud@
