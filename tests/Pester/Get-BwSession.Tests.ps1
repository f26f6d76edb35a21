BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $first = Connect-TestAccount $server -Unlock
    $second = Connect-TestAccount $server argon2@example.org -More @{ Private = $true }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwSession' {
    It 'gives the sessions of this runspace, oldest first' {
        (Get-BwSession).Account | Should -Be 'pbkdf2@example.org', 'argon2@example.org'
    }

    It 'takes <Name>' -TestCases @(
        @{ Name = 'PBKDF2@example.org'; Expected = 'pbkdf2@example.org' }
        @{ Name = 'a*'; Expected = 'argon2@example.org' }
        @{ Name = '*'; Expected = 'pbkdf2@example.org', 'argon2@example.org' }
        @{ Name = 'a*', '*'; Expected = 'argon2@example.org', 'pbkdf2@example.org' }
        @{ Name = 'z*'; Expected = $null }
    ) {
        (Get-BwSession $Name -ErrorAction Stop).Account | Should -Be $Expected
    }

    It 'takes a client id and a session id' {
        Get-BwSession $first.ClientId | Should -Be $first
        Get-BwSession "$($first.Id)" | Should -Be $first
    }

    It 'fails for a name that no session has, and goes on' {
        $sessions = Get-BwSession nobody@example.org, a* -ErrorAction SilentlyContinue -ErrorVariable failures
        $sessions.Account | Should -Be 'argon2@example.org'
        $failures[0].FullyQualifiedErrorId | Should -Be 'NotConnected,Bitwarden.PowerShell.Commands.GetBwSessionCommand'
        { Get-BwSession '[' } | Should -Throw -ErrorId 'InvalidPattern,Bitwarden.PowerShell.Commands.GetBwSessionCommand'
    }

    It 'marks the current one' {
        $lines = Get-BwSession | Out-String -Width 200 | ForEach-Object { $_ -split '\r?\n' }
        $lines -match 'argon2@example.org' | Should -Match '^Locked\s+\*\s'
        $lines -match 'pbkdf2@example.org' | Should -Match '^Unlocked\s+pbkdf2'
    }

    It 'goes down the pipeline to <Name>' -TestCases @(
        @{ Name = 'Get-BwAccount'; Command = { $first | Get-BwAccount } }
        @{ Name = 'Sync-BwVault'; Command = { $first | Sync-BwVault -PassThru } }
        @{ Name = 'Unlock-BwVault'; Command = { $first | Unlock-BwVault (Get-MasterPassword) -PassThru } }
    ) {
        $output = & $Command
        ($output.Email ?? $output.Account) | Should -Be 'pbkdf2@example.org'
    }

    It '-Current gives the newest' {
        (Get-BwSession -Current).Account | Should -Be 'argon2@example.org'
    }

    It 'tells state, server and version' {
        $first.State | Should -Be 'Unlocked'
        $first.Server.Name | Should -Be $server.Url
        $first.ServerVersion | Should -Match '^20\d\d\.'
        $first.LastSync | Should -BeOfType DateTimeOffset
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Get-BwSession
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'Get-BwSession in another runspace' {
    BeforeAll {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-ModuleFolder)'").Invoke()
        function Invoke-There([string] $Script) {
            $shell.Commands.Clear()
            $shell.AddScript($Script).Invoke()
        }
    }

    AfterAll {
        $shell.Dispose()
    }

    It 'gives none' {
        Invoke-There 'Get-BwSession' | Should -BeNullOrEmpty
    }

    It '-Current gives none' {
        Invoke-There 'Get-BwSession -Current' | Should -BeNullOrEmpty
    }

    It '-All gives those that are not private' {
        (Invoke-There 'Get-BwSession -All').Account | Should -Be 'pbkdf2@example.org'
    }

    It 'a private session cannot be named' {
        { Invoke-There '$ErrorActionPreference = "Stop"; Select-BwSession argon2@example.org' } | Should -Throw '*names no session*'
    }

    It 'Disconnect-BwSession -All ends none of ours' {
        Invoke-There 'Disconnect-BwSession -All'
        $first.State | Should -Be 'Unlocked'
    }

    It 'a session that is selected there is given there' {
        Invoke-There 'Select-BwSession pbkdf2@example.org'
        (Invoke-There 'Get-BwSession').Account | Should -Be 'pbkdf2@example.org'
    }
}
