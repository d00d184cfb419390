
    # --- Lane graph: Microsoft Graph. Mail.ReadWrite is for messages above 3 MB, which Graph takes as a draft
    Grant-LaneRoles 'graph' @('Application Mail.Send', 'Application Mail.ReadWrite')
