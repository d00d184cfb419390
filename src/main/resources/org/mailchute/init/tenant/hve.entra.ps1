
    # --- Lane volume: Mail.Send of Office 365 Exchange Online (SMTP.SendAsApp does not do), with admin consent
    New-LaneApplication 'volume'
    $online = Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'"
    $role = $online.AppRoles | Where-Object { $_.Value -eq 'Mail.Send' }
    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $made['volume'].Id -PrincipalId $made['volume'].Id -ResourceId $online.Id -AppRoleId $role.Id | Out-Null
