
    # --- Lane bulk
    New-LaneApplication 'bulk'
