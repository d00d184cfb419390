
    # --- Lane volume: High Volume Email
    $Account = @account@
    Get-HVEAccountBillingPolicy   # there must be one, or nothing is sent
    New-MailUser -HVEAccount -Name "Mailchute $Gateway" -PrimarySmtpAddress $Account | Out-Null
    Add-HVEAppAccess -Identity $Account -AppIds $made.volume.AppId   # five minutes until it works
