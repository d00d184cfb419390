
    # --- Lane mailbox: client submission
    Grant-LaneRoles 'mailbox' @('Application SMTP.SendAsApp')
    # The switch for SMTP AUTH stops OAuth as well; the mailbox's own goes before the tenant's
    Set-CASMailbox -Identity $Mailbox -SmtpClientAuthenticationDisabled $false
