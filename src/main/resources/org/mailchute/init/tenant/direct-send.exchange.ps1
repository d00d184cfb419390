
    # --- Lane direct: direct send. Nothing to set up; where RejectDirectSend is on, what nobody knows is refused (5.7.68)
    if ((Get-OrganizationConfig).RejectDirectSend) {
        Write-Warning 'RejectDirectSend is on, so the lane direct will be held. Leave it on, and use another way'
    }
