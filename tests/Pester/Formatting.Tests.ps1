BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $WarningPreference = 'SilentlyContinue'
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $account = Get-TestAccount $server
    $env:BW_CLIENTSECRET = $account.clientSecret
    $token = ((Get-ServerRequest $server /api).headers.Authorization | Select-Object -Last 1) -replace '^Bearer '
    $secrets = @($account.passwords.PSObject.Properties.Value) + @(
        $account.clientSecret, $token, 'correct horse battery staple 1', 'hidden-field-51d0', 'Restore notes', 'code-1 11111', 'JBSWY3DPEHPK3PXP',
        '4111111111111111', '94731', '078-05-1120', 'X1234567A', 'L-998877', 'PRIVATE KEY', '532013000', '70419', 'DE89370400440532013000',
        'passkey-private-value', 'Sql-0ld')
    $render = @{
        'the default view'     = { $value | Out-String -Width 500 }
        'Format-Table *'       = { $value | Format-Table -Property * -Force | Out-String -Width 5000 }
        'Format-List'          = { $value | Format-List | Out-String -Width 500 }
        'Format-List *'        = { $value | Format-List -Property * -Force | Out-String -Width 5000 }
        'Format-Custom'        = { $value | Format-Custom -Depth 6 | Out-String -Width 500 }
        'ToString'             = { $value | ForEach-Object ToString }
        'a string'             = { "$value" }
        'ConvertTo-Json'       = { ConvertTo-Json $value -Depth 6 -WarningAction Ignore }
        'ConvertTo-Csv'        = { $value | ConvertTo-Csv }
        'ConvertTo-Html'       = { $value | ConvertTo-Html }
        'Export-Clixml'        = { [Management.Automation.PSSerializer]::Serialize($value, 6) }
        'Select-Object *'      = { $value | Select-Object -Property * | Out-String -Width 5000 }
        'Get-Member'           = { $value | Get-Member -Force | Out-String -Width 500 }
    }
    function Get-Leak([string] $Text) {
        $secrets | Where-Object { $_ -and $Text.Contains($_) }
    }
}

AfterAll {
    Clear-BwEnvironment
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe '<Name>' -ForEach @(
    @{ Name = 'A session'; Get = { Get-BwSession } }
    @{ Name = 'A list of items'; Get = { Get-BwItem } }
    @{ Name = 'An item with everything'; Get = { Get-BwItem prod-sql } }
    @{ Name = 'A value'; Get = { (Get-BwItem prod-sql).Password } }
    @{ Name = 'The values of an item'; Get = { (Get-BwItem prod-sql).Values } }
    @{ Name = 'The fields of an item'; Get = { (Get-BwItem prod-sql).Fields } }
    @{ Name = 'The attachments of an item'; Get = { (Get-BwItem 'with attachment').Attachments } }
    @{ Name = 'A list of folders'; Get = { Get-BwFolder } }
    @{ Name = 'A collection'; Get = { Get-BwCollection } }
    @{ Name = 'An organization'; Get = { Get-BwOrganization } }
    @{ Name = 'A secret'; Get = { Get-BwSecret prod-sql } }
    @{ Name = 'A credential'; Get = { Get-BwSecret prod-sql -AsCredential } }
    @{ Name = 'A challenge'; Get = { Get-BwApiKeyChallenge } }
    @{ Name = 'An API key'; Get = { Get-BwApiKey (Get-MasterPassword) } }
    @{ Name = 'An account'; Get = { Get-BwAccount } }
    @{ Name = 'An exported session'; Get = { Export-BwSession } }
    @{ Name = 'A check of the vault'; Get = { Test-BwVault } }
    @{ Name = 'The steps of a connection test'; Get = { Test-BwConnection $server.Url } }
) {
    BeforeAll {
        $value = & $Get
    }

    It 'shows no secret in <_>' -ForEach @(
        'the default view', 'Format-Table *', 'Format-List', 'Format-List *', 'Format-Custom', 'ToString', 'a string', 'ConvertTo-Json', 'ConvertTo-Csv',
        'ConvertTo-Html', 'Export-Clixml', 'Select-Object *', 'Get-Member'
    ) {
        $text = & $render[$_] | Out-String
        Get-Leak $text | Should -BeNullOrEmpty
        $text | Should -Not -Match '\b[0-7]\.[A-Za-z0-9+/]{22}==\|' -Because 'ciphertext is not shown either'
    }
}

Describe 'The default view' {
    It 'of a session has state, a mark at the current one, account, server and last fetch' {
        $lines = ($session | Out-String -Width 200).Trim() -split '\r?\n'
        ($lines[0] -replace '\x1b\[[0-9;]*m' -split '\s+' | Where-Object { $_ }) | Should -Be 'State', 'Current', 'Account', 'Server', 'LastSync'
        $lines[2] | Should -Match "^Unlocked\s+\*\s+pbkdf2@example.org\s+$($server.Url)\s+$([regex]::Escape("$($session.LastSync.LocalDateTime)"))"
    }

    It 'of an item has type, name, user name, folder and date' {
        $lines = (Get-BwItem prod-sql | Out-String -Width 200).Trim() -split '\r?\n'
        ($lines[0] -replace '\x1b\[[0-9;]*m' -split '\s+' | Where-Object { $_ }) | Should -Be 'Type', 'Name', 'Username', 'Folder', 'Revised', 'Place'
        $lines[2] -split '\s+' | Where-Object { $_ } | Should -Be 'Login', 'prod-sql', 'sql_admin', 'Work', '2025-06-01'
    }

    It 'of an item in the trash says so' {
        (Get-BwItem -Trash | Out-String -Width 200) | Should -Match 'trashed .* trash\s'
    }

    It 'of an item as list has dates by the local clock, and what cannot be read' {
        $item = Get-BwItem 'wrong checksum'
        $text = $item | Format-List | Out-String -Width 300
        $text | Should -Match "RevisionDate\S*\s*: $([regex]::Escape("$($item.RevisionDate.LocalDateTime)".Split(' ')[0]))"
        $text | Should -Match 'Problems\S*\s*: .*uris\[1\] \(UriChecksumMismatch\)'
        $text | Should -Match 'ArchivedDate\S*\s*:'
        $text | Should -Match 'DeletedDate\S*\s*:'
    }

    It 'of a session as list has the size of the encrypted copy' {
        $size = [Bitwarden.PowerShell.Formatting.Views]::Size($session.VaultSize)
        $session.VaultSize | Should -BeGreaterThan 1000
        ($session | Format-List | Out-String -Width 300) | Should -Match "VaultSize\S*\s*: $([regex]::Escape($size))"
    }

    It 'of an item as list names values and fields' {
        $text = Get-BwItem prod-sql | Format-List | Out-String -Width 300
        $text | Should -Match 'Values\S*\s*: .*username, password, totp, notes'
        $text | Should -Match 'Fields\S*\s*: .*environment, api-key, rotated, login name'
    }

    It 'of a value is a mask' {
        ((Get-BwItem prod-sql).Password | Out-String).Trim() | Should -BeExactly '••••••••'
        "$((Get-BwItem prod-sql).Password)" | Should -BeExactly '••••••••'
    }

    It 'of a challenge is a list' {
        $text = Get-BwApiKeyChallenge | Out-String
        foreach ($label in 'Account', 'Server', 'IsPending', 'Since', 'AnswerSource', 'ClientSecretIsSet', 'LookAlikeVariables') {
            $text | Should -Match "$label\S*\s*:"
        }
    }

    It 'is in the format file for <_>' -ForEach @(
        'Bitwarden.Core.Sessions.BitwardenSession', 'Bitwarden.Core.Vault.VaultItem', 'Bitwarden.Core.Vault.ItemField',
        'Bitwarden.Core.Vault.ItemValue', 'Bitwarden.Core.Vault.VaultCheck', 'Bitwarden.Core.Vault.VaultProblem', 'Bitwarden.PowerShell.Login.ApiKeyChallenge'
    ) {
        Get-FormatData -TypeName $_ | Should -Not -BeNullOrEmpty
    }
}

Describe 'Items as data' {
    It 'have kinds and states in words in JSON' {
        (Get-BwItem prod-sql | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json).Type | Should -BeExactly 'Login'
        ($session | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json).State | Should -BeExactly 'Unlocked'
        ((Get-BwItem prod-sql).Fields[1] | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json).Type | Should -BeExactly 'Hidden'
        (Test-BwConnection $server.Url | ConvertTo-Json | ConvertFrom-Json).Status | Should -Contain 'Passed'
        (Get-BwApiKeyChallenge | ConvertTo-Json | ConvertFrom-Json).AnswerSource | Should -BeExactly 'Environment'
        (Get-BwAccount | ConvertTo-Json | ConvertFrom-Json).Kdf.Type | Should -BeExactly 'Pbkdf2Sha256'
    }

    It 'have lists as text in CSV' {
        $row = Get-BwItem prod-sql | ConvertTo-Csv | ConvertFrom-Csv
        $row.Uris | Should -BeExactly 'https://sql.example.org:1433, https://sql-standby.example.org/login'
        $row.Values | Should -BeLike 'username, password, totp, notes*'
        $row.Fields | Should -BeExactly 'environment, api-key, rotated, login name'
        (Get-BwItem org-sql | ConvertTo-Csv | ConvertFrom-Csv).Collections | Should -BeExactly 'Production'
        (Get-BwItem 'with attachment' | ConvertTo-Csv | ConvertFrom-Csv).Attachments | Should -BeExactly 'cert.pfx'
        (Get-BwItem 'wrong checksum' | ConvertTo-Csv | ConvertFrom-Csv).Problems | Should -BeExactly 'uris[1] (UriChecksumMismatch)'
    }

    It 'no column of <Name> is the name of a type' -ForEach @(
        @{ Name = 'items'; Get = { Get-BwItem } }
        @{ Name = 'sessions'; Get = { Get-BwSession } }
        @{ Name = 'a check'; Get = { Test-BwVault } }
        @{ Name = 'an account'; Get = { Get-BwAccount } }
        @{ Name = 'a challenge'; Get = { Get-BwApiKeyChallenge } }
    ) {
        & $Get | ConvertTo-Csv | Should -Not -Match 'System\.|Bitwarden\.Core'
    }
}

Describe 'Mixed output' {
    It 'shows each object by what identifies it' {
        $text = & { Get-BwSession; Get-BwItem prod-sql; (Get-BwItem 'wrong checksum').Problems; (Get-BwItem prod-sql).Fields[0]; Test-BwVault } |
            Out-String -Width 200
        foreach ($part in 'pbkdf2@example.org', 'prod-sql', 'UriChecksumMismatch', 'environment', 'IsIntact') { $text | Should -Match $part }
        @($text -split '\r?\n').Count | Should -BeLessThan 70
        $text | Should -Not -Match 'PasswordRevisionDate|ServerKind|System\.'
    }
}

Describe 'A session that is exported' {
    It 'comes back without its server connection' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($session, 3))
        $copy.PSObject.TypeNames | Should -Contain 'Deserialized.Bitwarden.Core.Sessions.BitwardenSession'
        { Get-BwItem -Session $copy } | Should -Throw
    }
}
