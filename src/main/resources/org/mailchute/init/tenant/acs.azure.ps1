
# ===== Azure =================================================================================================================
# Lane bulk: Azure Communication Services. It needs these modules, a subscription, and a Communication Services resource to which the
# verified domain is connected:   Install-Module Az.Accounts, Az.Resources, Az.Communication
if ($Part -eq 'Azure') {
    $application = (Get-Content -Raw -Path $Applications | ConvertFrom-Json).bulk
    $environment = @{ WORLDWIDE = 'AzureCloud'; GCC_HIGH = 'AzureUSGovernment'; DOD = 'AzureUSGovernment'; CHINA = 'AzureChinaCloud' }[$Cloud]
    Connect-AzAccount -Environment $environment -Tenant $Tenant | Out-Null
    $service = Get-AzResource -ResourceType 'Microsoft.Communication/communicationServices'
    if (@($service).Count -ne 1) {
        throw 'this subscription has none or several Communication Services: set $service to the one that is meant'
    }
    New-AzRoleAssignment -ApplicationId $application.AppId -RoleDefinitionName 'Communication and Email Service Owner' -Scope $service.ResourceId | Out-Null
    New-AzCommunicationServiceSmtpUsername -CommunicationServiceName $service.Name -ResourceGroupName $service.ResourceGroupName -SmtpUsername 'mailchute' -EntraApplicationId $application.AppId -TenantId (Get-AzContext).Tenant.Id -Username $Mailbox | Out-Null
    # Each sender must be a MailFrom address: Azure portal, Email Communication Services, Provision domains
}
