# --- Lane direct: direct send ----------------------------------------------------------------------------------------------------
# Nothing to set up. Where RejectDirectSend is on, what nobody knows is refused (5.7.68): leave it on, and use another way
if ((Get-OrganizationConfig).RejectDirectSend) {
    Write-Warning 'RejectDirectSend is on: the lane direct will be held'
}
