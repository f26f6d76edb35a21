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
    @{ Name = 'A secret'; Get = { Get-BwSecret prod-sql } }
    @{ Name = 'A credential'; Get = { Get-BwSecret prod-sql -AsCredential } }
    @{ Name = 'A challenge'; Get = { Get-BwApiKeyChallenge } }
    @{ Name = 'An API key'; Get = { Get-BwApiKey (Get-MasterPassword) } }
    @{ Name = 'An account'; Get = { Get-BwAccount } }
    @{ Name = 'An exported session'; Get = { Export-BwSession } }
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
    It 'of a session has account, server, state and last fetch' {
        $lines = ($session | Out-String -Width 200).Trim() -split '\r?\n'
        ($lines[0] -replace '\x1b\[[0-9;]*m' -split '\s+' | Where-Object { $_ }) | Should -Be 'Account', 'Server', 'State', 'LastSync'
        $lines[2] | Should -BeLike "pbkdf2@example.org*$($server.Url)*Unlocked*"
    }

    It 'of an item has name, type, user name, folder and date' {
        $lines = (Get-BwItem prod-sql | Out-String -Width 200).Trim() -split '\r?\n'
        ($lines[0] -replace '\x1b\[[0-9;]*m' -split '\s+' | Where-Object { $_ }) | Should -Be 'Name', 'Type', 'Username', 'Folder', 'Revised'
        $lines[2] -split '\s+' | Where-Object { $_ } | Should -Be 'prod-sql', 'Login', 'sql_admin', 'Work', '2025-06-01'
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
        'Bitwarden.Core.Vault.ItemValue', 'Bitwarden.PowerShell.Login.ApiKeyChallenge'
    ) {
        Get-FormatData -TypeName $_ | Should -Not -BeNullOrEmpty
    }
}

Describe 'A session that is exported' {
    It 'comes back without its server connection' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($session, 3))
        $copy.PSObject.TypeNames | Should -Contain 'Deserialized.Bitwarden.Core.Sessions.BitwardenSession'
        { Get-BwItem -Session $copy } | Should -Throw
    }
}
