
    Disconnect-ExchangeOnline -Confirm:$false
}
