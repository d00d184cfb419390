
    # --- Lane mailbox
    New-LaneApplication 'mailbox'
