
    # --- Lane connector: relay
    $Address = @address@
    $Certificate = @certificate@
    $connector = @{ Name = "Mailchute $Gateway"; ConnectorType = 'OnPremises'; SenderDomains = '*'; RequireTls = $true; Enabled = $true }
    if ($Certificate) { $connector.TlsSenderCertificateName = $Certificate } else { $connector.SenderIPAddresses = $Address }
    New-InboundConnector @connector | Out-Null
    # A new one may be there and not enabled: then Microsoft's support has to do it
    Get-InboundConnector -Identity $connector.Name | Format-List Name, Enabled, SenderIPAddresses, TlsSenderCertificateName
