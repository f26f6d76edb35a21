BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $account = Get-TestAccount $server
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Sync-BwVault' {
    It 'brings what was added elsewhere' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{
            name = 'added elsewhere'; username = 'newcomer'; password = 'Add3d!'; folder = 'Work'
        }
        { Get-BwItem 'added elsewhere' -ErrorAction Stop } | Should -Throw
        Sync-BwVault
        Get-BwSecret 'added elsewhere' -AsPlainText | Should -BeExactly 'Add3d!'
    }

    It 'writes nothing' {
        Sync-BwVault | Should -BeNullOrEmpty
    }

    It '-PassThru writes the session' {
        Sync-BwVault -PassThru | Should -Be $session
    }

    It 'fetches nothing when nothing has changed' {
        Sync-BwVault
        Clear-ServerRequest $server
        Sync-BwVault
        (Get-ServerRequest $server).path | Should -Be '/api/accounts/revision-date'
    }

    It '-Force fetches all the same' {
        Clear-ServerRequest $server
        Sync-BwVault -Force
        @(Get-ServerRequest $server /api/sync).Count | Should -Be 1
    }

    It 'keeps items that were handed out before readable' {
        $item = Get-BwItem prod-sql
        Sync-BwVault -Force
        $item.Password.RevealText() | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'gets a new token when the old one was revoked' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/revoke-tokens'
        Clear-ServerRequest $server
        Sync-BwVault -Force
        @(Get-ServerRequest $server /identity/connect/token).Count | Should -Be 1
        $session.State | Should -Be 'Unlocked'
    }

    It 'keeps the vault when the server fails' {
        Add-Fault $server /api/sync ServerError @{ times = 1 }
        { Sync-BwVault -Force } | Should -Throw -ErrorId 'ServerError,Bitwarden.PowerShell.Commands.SyncBwVaultCommand'
        Get-BwSecret prod-sql#username -AsPlainText | Should -Be 'sql_admin'
    }

    It 'keeps the vault when half of the answer is lost' {
        Add-Fault $server /api/sync TruncatedJson @{ times = 1 }
        { Sync-BwVault -Force } | Should -Throw -ErrorId 'UnexpectedResponse,Bitwarden.PowerShell.Commands.SyncBwVaultCommand'
        Get-BwSecret prod-sql#username -AsPlainText | Should -Be 'sql_admin'
    }

    It 'works on a locked vault and leaves it locked' {
        Lock-BwVault
        Sync-BwVault -Force
        $session.State | Should -Be 'Locked'
        Unlock-BwVault (Get-MasterPassword)
    }

    It '-Verbose says what it did' {
        $messages = Sync-BwVault -Verbose 4>&1
        $messages.Message | Should -Be 'The server has nothing new.'
    }
}
