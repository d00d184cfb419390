
    # --- The tenant's own MX host, for the host of these lanes in mailchute.yaml, since mail for the domain goes elsewhere first
    Get-MgDomainServiceConfigurationRecord -DomainId $Domain | Where-Object { $_.RecordType -eq 'Mx' } |
        ForEach-Object { Write-Host "      host: $($_.AdditionalProperties.mailExchange)" }
