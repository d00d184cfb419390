
    # RBAC for Applications: roles for one mailbox only. No API permission in Entra then, which would be one for all mailboxes.
    function Grant-LaneRoles([string] $Lane, [string[]] $Roles) {
        $application = $made.$Lane
        if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $application.AppId })) {
            New-ServicePrincipal -AppId $application.AppId -ObjectId $application.Id -DisplayName "Mailchute $Lane" | Out-Null
        }
        $scope = "Mailchute $Lane $Gateway"
        $scope = $scope.Substring(0, [Math]::Min(64, $scope.Length))
        New-ManagementScope -Name $scope -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$($Mailbox.Replace("'", "''"))'" | Out-Null
        foreach ($role in $Roles) {
            New-ManagementRoleAssignment -Role $role -App $application.AppId -CustomResourceScope $scope | Out-Null
        }
        Test-ServicePrincipalAuthorization -Identity $application.AppId -Resource $Mailbox | Format-Table RoleName, InScope
    }
