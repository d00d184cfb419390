# An application of its own for each lane that logs in, so that none has more rights than it needs. The secret goes into a file beside
# this script and is shown nowhere. What it returns is the Enterprise application, whose object id Exchange wants.
$ClientId = @clientId@
function New-LaneApplication([string] $Lane) {
    if ($ClientId) {
        $app = Get-MgApplication -Filter "appId eq '$ClientId'"
        $principal = Get-MgServicePrincipal -Filter "appId eq '$ClientId'"
    } else {
        $app = New-MgApplication -DisplayName "Mailchute $Lane $Gateway" -SignInAudience 'AzureADMyOrg'
        $principal = New-MgServicePrincipal -AppId $app.AppId
    }
    $ends = (Get-Date).AddMonths(24)
    $secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ DisplayName = 'Mailchute'; EndDateTime = $ends }
    Set-Content -NoNewline -Path (Join-Path $PSScriptRoot "$Lane.secret") -Value $secret.SecretText
    Write-Host "For mailchute.yaml, lane ${Lane}:"
    Write-Host "      clientId: $($app.AppId)"
    Write-Host "      secretEnds: $($ends.ToString('yyyy-MM-dd'))"
    Write-Host "and the file $Lane.secret, to lie beside mailchute.yaml"
    return $principal
}

# Exchange's RBAC for Applications: roles for one mailbox only. No API permission in Entra then, which would be one for all mailboxes.
function Grant-LaneRoles([string] $Lane, $Principal, [string] $Mailbox, [string[]] $Roles) {
    if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $Principal.AppId })) {
        New-ServicePrincipal -AppId $Principal.AppId -ObjectId $Principal.Id -DisplayName "Mailchute $Lane" | Out-Null
    }
    $scope = "Mailchute $Lane $Gateway"
    $scope = $scope.Substring(0, [Math]::Min(64, $scope.Length))
    New-ManagementScope -Name $scope -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$($Mailbox.Replace("'", "''"))'" | Out-Null
    foreach ($role in $Roles) {
        New-ManagementRoleAssignment -Role $role -App $Principal.AppId -CustomResourceScope $scope | Out-Null
    }
    Test-ServicePrincipalAuthorization -Identity $Principal.AppId -Resource $Mailbox | Format-Table RoleName, InScope
}
