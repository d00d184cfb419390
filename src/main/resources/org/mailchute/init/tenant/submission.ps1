# --- Lane mailbox: client submission ---------------------------------------------------------------------------------------------
$Mailbox = @mailbox@
$SendAs = @sendAs@
$application = New-LaneApplication 'mailbox'
Grant-LaneRoles 'mailbox' $application $Mailbox @('Application SMTP.SendAsApp')
# The switch for SMTP AUTH stops OAuth as well; the mailbox's own goes before the tenant's
Set-CASMailbox -Identity $Mailbox -SmtpClientAuthenticationDisabled $false
foreach ($sender in $SendAs) {
    Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
}
