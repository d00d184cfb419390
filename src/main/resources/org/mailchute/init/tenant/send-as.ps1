
    # --- Send As
    foreach ($sender in $SendAs) {
        Add-RecipientPermission -Identity $sender -Trustee $Mailbox -AccessRights SendAs -Confirm:$false
    }
