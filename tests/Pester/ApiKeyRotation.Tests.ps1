BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $email = 'weak@example.org'
    $module = Get-ModuleFolder

    function Get-Secret {
        (Get-TestAccount $server $email).clientSecret
    }

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { $_ }
    }

    # A session of the same account in another runspace: one of this runspace would give way to the next.
    function Connect-Elsewhere {
        $shell = [powershell]::Create()
        $account = Get-TestAccount $server $email
        $session = $shell.AddScript("
            param(`$url, `$id, `$secret, `$password)
            Import-Module '$module'
            Connect-BwApiKey `$url -ClientId `$id -ClientSecret `$secret -DeviceIdentifier (New-Guid)
            Unlock-BwVault `$password").AddParameters(@(
                $server.Url, $account.clientId, (ConvertTo-TestSecret $account.clientSecret), (Get-MasterPassword $email))).Invoke()[0]
        $session | Add-Member Shell $shell -PassThru
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'An API key and a wrong master password' {
    BeforeAll {
        $session = Connect-TestAccount $server $email
        $before = Get-Secret
    }

    It '<Name> fails with InvalidMasterPassword' -TestCases @(
        @{ Name = 'Get-BwApiKey'; Class = 'GetBwApiKeyCommand'; More = @{} }
        @{ Name = 'Reset-BwApiKey'; Class = 'ResetBwApiKeyCommand'; More = @{ Confirm = $false } }
    ) {
        { & $Name (ConvertTo-TestSecret wrong) @More } | Should -Throw -ErrorId "InvalidMasterPassword,Bitwarden.PowerShell.Commands.$Class"
    }

    It 'changes nothing' {
        Get-Secret | Should -BeExactly $before
        $session.State | Should -Be 'Locked'
        Sync-BwVault -Force
    }

    It 'is not sent: it does not open the vault' {
        Clear-ServerRequest $server
        Get-Failure { Reset-BwApiKey (ConvertTo-TestSecret wrong) -Confirm:$false } | Should -BeLike '*not sent*'
        @(Get-ServerRequest $server /api/accounts/rotate-api-key).Count | Should -Be 0
    }
}

Describe 'Rotation that does not take place' {
    BeforeAll {
        $null = Connect-TestAccount $server $email
        $before = Get-Secret
        Clear-ServerRequest $server
    }

    It '-WhatIf asks for no password, sends nothing and gives nothing' {
        Reset-BwApiKey -WhatIf | Should -BeNullOrEmpty
        Get-ServerRequest $server | Should -BeNullOrEmpty
        Get-Secret | Should -BeExactly $before
    }

    It '-NonInteractive without -Confirm:$false fails with RotationNotConfirmed' {
        { Reset-BwApiKey (Get-MasterPassword $email) -NonInteractive } |
            Should -Throw -ErrorId 'RotationNotConfirmed,Bitwarden.PowerShell.Commands.ResetBwApiKeyCommand'
        Get-Secret | Should -BeExactly $before
    }

    It '$ConfirmPreference None needs no answer' {
        $ConfirmPreference = 'None'
        (Reset-BwApiKey (Get-MasterPassword $email) -NonInteractive).ClientSecret.RevealText() | Should -BeExactly (Get-Secret)
    }
}

Describe 'Rotation' {
    BeforeAll {
        $old = Get-Secret
        $elsewhere = Connect-Elsewhere
        $item = Get-BwItem small-sql -Session $elsewhere
        $session = Connect-TestAccount $server $email -Unlock
        $verbose = Reset-BwApiKey (Get-MasterPassword $email) -Confirm:$false -Verbose -Debug 4>&1 5>&1
        $key = $verbose | Where-Object { $_ -is [Bitwarden.Core.Auth.ApiKeyDetails] }
    }

    AfterAll {
        $elsewhere.Shell.Dispose()
    }

    It 'makes another secret for the same client id' {
        $key.ClientId | Should -Be (Get-TestAccount $server $email).clientId
        $key.ClientSecret.RevealText() | Should -BeExactly (Get-Secret)
        $key.ClientSecret.RevealText() | Should -Not -Be $old
    }

    It 'shows the secret in no <View>' -TestCases @(
        @{ View = 'table'; Show = { $key | Format-Table | Out-String } }
        @{ View = 'default view'; Show = { $key | Out-String } }
        @{ View = 'list of everything'; Show = { $key | Format-List -Property * -Force | Out-String } }
        @{ View = 'custom view'; Show = { $key | Format-Custom -Depth 5 | Out-String } }
        @{ View = 'text'; Show = { "$key $($key.ClientSecret)" } }
        @{ View = 'JSON'; Show = { ConvertTo-Json $key -Depth 8 -WarningAction Ignore } }
        @{ View = 'JSON of its secret'; Show = { ConvertTo-Json $key.ClientSecret -Depth 8 -WarningAction Ignore } }
        @{ View = 'CSV'; Show = { $key | ConvertTo-Csv } }
        @{ View = 'CLIXML'; Show = { [Management.Automation.PSSerializer]::Serialize($key, 8) } }
        @{ View = 'verbose or debug message'; Show = { $verbose | Where-Object { $_ -isnot [Bitwarden.Core.Auth.ApiKeyDetails] } | Out-String } }
    ) {
        $text = "$(& $Show)"
        $text.Contains($key.ClientSecret.RevealText()) | Should -BeFalse
        $text.Contains($old) | Should -BeFalse
    }

    It 'leaves another session of the key as it is, for as long as its token lives' {
        $elsewhere.State | Should -Be 'Unlocked'
        Sync-BwVault -Force -Session $elsewhere
        $item.Password.RevealText() | Should -BeExactly 'Sm4ll-sql!-weak'
    }
}

Describe 'After rotation, when tokens run out' {
    BeforeAll {
        $elsewhere = Connect-Elsewhere
        $item = Get-BwItem small-sql -Session $elsewhere
        $session = Connect-TestAccount $server $email -Unlock
        $old = Get-Secret
        $key = Reset-BwApiKey (Get-MasterPassword $email) -Confirm:$false
        $null = Invoke-TestServer $server POST "/accounts/$email/revoke-tokens"
        Clear-ServerRequest $server
        Sync-BwVault -Force -Session $session
        $requests = @(Get-TokenRequest $server)
        $failure = Get-Failure { Sync-BwVault -Force -Session $elsewhere }
    }

    AfterAll {
        $elsewhere.Shell.Dispose()
    }

    It 'the session that rotated goes on, with the new secret' {
        $session.State | Should -Be 'Unlocked'
        $requests.client_secret | Should -BeExactly (Get-Secret)
        (Get-BwItem small-sql -Session $session).Password.RevealText() | Should -BeExactly 'Sm4ll-sql!-weak'
    }

    It 'another session fails with SessionExpired, which names rotation' {
        $failure.FullyQualifiedErrorId | Should -Be 'SessionExpired,Bitwarden.PowerShell.Commands.SyncBwVaultCommand'
        $failure.Exception.Message | Should -BeLike '*rotated*BW_CLIENTSECRET*Connect-BwApiKey*'
        $elsewhere.State | Should -Be 'Expired'
    }

    It 'another session has nothing decrypted left' {
        { $item.Password.RevealText() } | Should -Throw
        { Get-BwItem -Session $elsewhere } | Should -Throw -ErrorId 'SessionExpired,Bitwarden.PowerShell.Commands.GetBwItemCommand'
        { Export-BwSession -Session $elsewhere } | Should -Throw -ErrorId 'SessionExpired,Bitwarden.PowerShell.Commands.ExportBwSessionCommand'
    }

    It 'the old secret is ApiKeyRejected' {
        { Connect-BwApiKey $server.Url -ClientId $key.ClientId -ClientSecret (ConvertTo-TestSecret $old) } |
            Should -Throw -ErrorId 'ApiKeyRejected,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'the key that was given connects as it is, and everything is readable again' {
        $null = Connect-BwApiKey $server.Url -ClientId $key.ClientId -ClientSecret $key.ClientSecret
        Unlock-BwVault (Get-MasterPassword $email)
        Get-BwSecret small-sql -AsPlainText | Should -BeExactly 'Sm4ll-sql!-weak'
    }

    It 'the key that was given makes a credential too' {
        $credential = [pscredential]::new($key.ClientId, $key.ClientSecret)
        (Connect-BwApiKey $server.Url -Credential $credential).Account | Should -Be $email
    }
}

Describe 'Rotation and a password session' {
    BeforeAll {
        $session = Connect-BwAccount $server.Url -Email $email -MasterPassword (Get-MasterPassword $email) -NonInteractive
        $key = Reset-BwApiKey (Get-MasterPassword $email) -Confirm:$false
        Move-ServerClock $server -Seconds 3601
    }

    It 'rotates from there' {
        $key.ClientSecret.RevealText() | Should -BeExactly (Get-Secret)
    }

    It 'goes on, by its refresh token' {
        Clear-ServerRequest $server
        Sync-BwVault -Force
        $session.State | Should -Be 'Unlocked'
        @(Get-ServerRequest $server /identity).Count | Should -Be 1
        (Get-TokenRequest $server).grant_type | Should -Be 'refresh_token'
    }
}

Describe 'The API key of an account without a master password' {
    It '<Name> fails with NoMasterPassword' -TestCases @(
        @{ Name = 'Get-BwApiKey'; Class = 'GetBwApiKeyCommand'; More = @{} }
        @{ Name = 'Reset-BwApiKey'; Class = 'ResetBwApiKeyCommand'; More = @{ Confirm = $false } }
    ) {
        $null = Connect-TestAccount $server tde@example.org
        { & $Name (ConvertTo-TestSecret any) @More } | Should -Throw -ErrorId "NoMasterPassword,Bitwarden.PowerShell.Commands.$Class"
    }
}
