BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Unlock-BwVault' {
    BeforeEach {
        $session = Connect-TestAccount $server
    }

    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
    }

    It 'unlocks with -MasterPassword and writes nothing' {
        Unlock-BwVault -MasterPassword (Get-MasterPassword) | Should -BeNullOrEmpty
        $session.State | Should -Be 'Unlocked'
    }

    It 'unlocks with BW_PASSWORD' {
        $env:BW_PASSWORD = 'correct horse battery staple 1'
        Unlock-BwVault
        $session.State | Should -Be 'Unlocked'
    }

    It 'prefers -MasterPassword to BW_PASSWORD' {
        $env:BW_PASSWORD = 'wrong'
        Unlock-BwVault (Get-MasterPassword)
        $session.State | Should -Be 'Unlocked'
    }

    It '-PassThru writes the session' {
        Unlock-BwVault (Get-MasterPassword) -PassThru | Should -Be $session
    }

    It 'fetches the vault once' {
        Clear-ServerRequest $server
        Unlock-BwVault (Get-MasterPassword)
        @(Get-ServerRequest $server /api/sync).Count | Should -Be 1
    }

    It 'fetches nothing when it unlocks again' {
        Unlock-BwVault (Get-MasterPassword)
        Lock-BwVault
        Clear-ServerRequest $server
        Unlock-BwVault (Get-MasterPassword)
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'is no error on an unlocked vault' {
        Unlock-BwVault (Get-MasterPassword)
        $item = Get-BwItem prod-sql
        Unlock-BwVault (Get-MasterPassword)
        $item.Password.RevealText() | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'leaves the password that was given usable' {
        $own = Get-MasterPassword
        Unlock-BwVault $own
        $own.Length | Should -Be 30
    }

    It '-Session unlocks another than the current one' {
        $other = Connect-TestAccount $server argon2@example.org
        Unlock-BwVault (Get-MasterPassword) -Session $session
        $session.State | Should -Be 'Unlocked'
        $other.State | Should -Be 'Locked'
    }

    It '-Session takes an e-mail' {
        Unlock-BwVault (Get-MasterPassword) -Session pbkdf2@example.org
        $session.State | Should -Be 'Unlocked'
    }

    It 'opens an Argon2id account whose password is not ASCII' {
        $null = Connect-TestAccount $server argon2@example.org -Unlock
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-argon2'
    }
}

Describe 'Unlock-BwVault with a wrong password' {
    BeforeAll {
        $session = Connect-TestAccount $server
        Clear-ServerRequest $server
        $failure = try { Unlock-BwVault (ConvertTo-TestSecret 'wrong password') } catch { $_ }
        $requests = @(Get-ServerRequest $server)
    }

    AfterAll {
        Disconnect-BwSession -All
    }

    It 'fails with InvalidMasterPassword' {
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'stays locked' {
        $session.State | Should -Be 'Locked'
    }

    It 'asks the server once' {
        $requests.path | Should -Be '/api/accounts/revision-date', '/api/sync'
    }

    It 'asks the server at most once for a second wrong password' {
        Clear-ServerRequest $server
        { Unlock-BwVault (ConvertTo-TestSecret 'wrong password') } | Should -Throw
        $again = @(Get-ServerRequest $server)
        @($again | Where-Object path -EQ '/api/sync').Count | Should -BeLessOrEqual 1
        $again.Count | Should -BeLessOrEqual 2
    }

    It 'unlocks with the right one afterwards' {
        Unlock-BwVault (Get-MasterPassword)
        $session.State | Should -Be 'Unlocked'
    }

    It 'leaves an unlocked vault unlocked' {
        { Unlock-BwVault (ConvertTo-TestSecret 'wrong password') } | Should -Throw
        $session.State | Should -Be 'Unlocked'
    }
}

Describe 'Unlock-BwVault and a weaker key derivation' {
    BeforeAll {
        $weakened = Start-TestServer
        $first = Connect-TestAccount $weakened -Unlock
        $null = Invoke-TestServer $weakened POST '/accounts/pbkdf2@example.org/change-kdf' @{ type = 'Pbkdf2Sha256'; iterations = 5000 }
        $second = Connect-TestAccount $weakened
    }

    AfterAll {
        $first, $second | Disconnect-BwSession
        Stop-TestServer $weakened
    }

    It 'fails with WeakenedKdf' {
        { Unlock-BwVault (Get-MasterPassword) -Session $second } | Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $second.State | Should -Be 'Locked'
    }

    It 'so does Get-BwApiKey, and sends nothing' {
        Clear-ServerRequest $weakened
        { Get-BwApiKey (Get-MasterPassword) -Session $second } | Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.GetBwApiKeyCommand'
        Get-ServerRequest $weakened /api/accounts/api-key | Should -BeNullOrEmpty
    }

    It 'so does Connect-BwAccount, and sends nothing' {
        Clear-ServerRequest $weakened
        { Connect-BwAccount $weakened.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword) -NonInteractive } |
            Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        Get-ServerRequest $weakened /identity/connect/token | Should -BeNullOrEmpty
    }

    It '-AllowWeakerKdf accepts it with a warning, for this call only' {
        Unlock-BwVault (Get-MasterPassword) -Session $second -AllowWeakerKdf -WarningVariable warnings -WarningAction SilentlyContinue
        $second.State | Should -Be 'Unlocked'
        $warnings | Should -BeLike '*weaker than*'
        { Get-BwApiKey (Get-MasterPassword) -Session $second } | Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.GetBwApiKeyCommand'
        Get-BwApiKey (Get-MasterPassword) -Session $second -AllowWeakerKdf | Should -Not -BeNullOrEmpty
        Lock-BwVault -Session $second
        { Unlock-BwVault (Get-MasterPassword) -Session $second } | Should -Throw -ErrorId 'WeakenedKdf,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
    }
}
