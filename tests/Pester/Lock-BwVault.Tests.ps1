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

Describe 'Lock-BwVault' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $item = Get-BwItem prod-sql
        $field = $item.Fields | Where-Object Name -EQ 'api-key'
        Clear-ServerRequest $server
        $output = Lock-BwVault
    }

    It 'writes nothing' {
        $output | Should -BeNullOrEmpty
    }

    It 'locks the current session' {
        $session.State | Should -Be 'Locked'
    }

    It 'asks the server nothing' {
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'closes items that were handed out before' {
        { $item.Password.RevealText() } | Should -Throw '*is locked*'
        { $field.Value.ToSecureString() } | Should -Throw '*is locked*'
    }

    It '<Name> fails with VaultLocked afterwards' -TestCases @(
        @{ Name = 'Get-BwItem'; Command = { Get-BwItem }; Class = 'GetBwItemCommand' }
        @{ Name = 'Get-BwSecret'; Command = { Get-BwSecret prod-sql }; Class = 'GetBwSecretCommand' }
        @{ Name = 'Get-BwSecret -Item'; Command = { $item | Get-BwSecret }; Class = 'GetBwSecretCommand' }
    ) {
        $Command | Should -Throw -ErrorId "VaultLocked,Bitwarden.PowerShell.Commands.$Class"
    }

    It 'keeps the login: unlocking needs no new token' {
        Clear-ServerRequest $server
        Unlock-BwVault (Get-MasterPassword)
        Get-ServerRequest $server /identity | Should -BeNullOrEmpty
        (Get-BwItem prod-sql).Name | Should -Be 'prod-sql'
    }

    It 'is no error on a locked vault' {
        Lock-BwVault
        { Lock-BwVault -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'Lock-BwVault with several sessions' {
    BeforeEach {
        $first = Connect-TestAccount $server -Unlock
        $second = Connect-TestAccount $server argon2@example.org -Unlock
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'locks the current one only' {
        Lock-BwVault
        $first.State, $second.State | Should -Be 'Unlocked', 'Locked'
    }

    It '-Session locks the one given' {
        Lock-BwVault -Session $first
        $first.State, $second.State | Should -Be 'Locked', 'Unlocked'
    }

    It 'takes sessions from the pipeline' {
        Get-BwSession | Lock-BwVault
        $first.State, $second.State | Should -Be 'Locked', 'Locked'
    }

    It '-All locks all of the runspace' {
        Lock-BwVault -All
        $first.State, $second.State | Should -Be 'Locked', 'Locked'
    }

    It '-WhatIf locks nothing' {
        Lock-BwVault -All -WhatIf
        $first.State, $second.State | Should -Be 'Unlocked', 'Unlocked'
    }
}

Describe 'Lock-BwVault without a session' {
    It 'is no error' {
        Disconnect-BwSession -All
        { Lock-BwVault -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'A runspace that is closed' {
    BeforeEach {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-ModuleFolder)'; Import-Module '$PSScriptRoot/TestServer.psm1'").Invoke()
        $shell.Commands.Clear()
    }

    AfterEach {
        $shell.Dispose()
        Disconnect-BwSession -All
    }

    It 'locks the sessions that it connected' {
        $null = $shell.AddScript('param($server) Connect-TestAccount $server -Unlock').AddArgument($server).Invoke()
        $theirs = Get-BwSession -All | Where-Object Account -EQ 'pbkdf2@example.org'
        $item = Get-BwItem prod-sql -Session $theirs
        $theirs.State | Should -Be 'Unlocked'
        $shell.Dispose()
        Wait-Until -What 'the lock' { $theirs.State -eq 'Locked' }
        { $item.Password.RevealText() } | Should -Throw
        Disconnect-BwSession $theirs
    }

    It 'locks none that it only used' {
        $ours = Connect-TestAccount $server -Unlock
        $null = $shell.AddScript('Select-BwSession pbkdf2@example.org; Get-BwItem prod-sql').Invoke()
        $shell.HadErrors | Should -BeFalse
        $shell.Dispose()
        $ours.State | Should -Be 'Unlocked'
    }
}
