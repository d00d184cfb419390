# --- Lane volume: High Volume Email ----------------------------------------------------------------------------------------------
$Account = @account@
Get-HVEAccountBillingPolicy   # there must be one, or nothing is sent
New-MailUser -HVEAccount -Name "Mailchute $Gateway" -PrimarySmtpAddress $Account | Out-Null
$application = New-LaneApplication 'volume'
# Mail.Send of Office 365 Exchange Online (SMTP.SendAsApp does not do), with admin consent
$online = Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'"
$role = $online.AppRoles | Where-Object { $_.Value -eq 'Mail.Send' }
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $application.Id -PrincipalId $application.Id -ResourceId $online.Id -AppRoleId $role.Id | Out-Null
Add-HVEAppAccess -Identity $Account -AppIds $application.AppId   # five minutes until it works
