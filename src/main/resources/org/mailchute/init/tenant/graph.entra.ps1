
    # --- Lane graph
    New-LaneApplication 'graph'
