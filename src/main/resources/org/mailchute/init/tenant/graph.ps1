# --- Lane graph: Microsoft Graph -------------------------------------------------------------------------------------------------
$Mailbox = @mailbox@
$SendAs = @sendAs@
$application = New-LaneApplication 'graph'
# Mail.ReadWrite is for messages above 3 MB, which Graph takes as a draft
Grant-LaneRoles 'graph' $application $Mailbox @('Application Mail.Send', 'Application Mail.ReadWrite')
foreach ($sender in $SendAs) {
    Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
}
