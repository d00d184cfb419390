# --- Entra -------------------------------------------------------------------------------------------------------------------
$entra = @{ WORLDWIDE = 'Global'; GCC_HIGH = 'USGov'; DOD = 'USGovDoD'; CHINA = 'China' }[$Cloud]
Connect-MgGraph -Environment $entra -TenantId $Tenant -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Domain.Read.All' -NoWelcome
