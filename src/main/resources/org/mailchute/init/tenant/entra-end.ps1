
    $made | ConvertTo-Json | Set-Content -Path $Applications
}
