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

Describe 'Disconnect-BwSession' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $item = Get-BwItem prod-sql
        $output = Disconnect-BwSession
    }

    It 'writes nothing' {
        $output | Should -BeNullOrEmpty
    }

    It 'ends the session' {
        $session.State | Should -Be 'Disconnected'
    }

    It 'leaves the runspace without a current session' {
        Get-BwSession -Current | Should -BeNullOrEmpty
        Get-BwSession | Should -BeNullOrEmpty
        Get-BwSession -All | Should -BeNullOrEmpty
    }

    It 'closes items that were handed out before' {
        { $item.Password.RevealText() } | Should -Throw
    }

    It 'is no error without a session' {
        { Disconnect-BwSession -ErrorAction Stop } | Should -Not -Throw
    }

    It 'is no error for a session that was disconnected before' {
        { Disconnect-BwSession $session -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'Disconnect-BwSession with several sessions' {
    BeforeEach {
        $first = Connect-TestAccount $server
        $second = Connect-TestAccount $server argon2@example.org
    }

    AfterEach {
        Disconnect-BwSession -All
    }

    It 'ends the current one only' {
        Disconnect-BwSession
        $first.State, $second.State | Should -Be 'Locked', 'Disconnected'
    }

    It 'takes sessions from the pipeline' {
        Get-BwSession | Disconnect-BwSession
        $first.State, $second.State | Should -Be 'Disconnected', 'Disconnected'
    }

    It '-All ends all of the runspace' {
        Disconnect-BwSession -All
        $first.State, $second.State | Should -Be 'Disconnected', 'Disconnected'
    }

    It '-Session takes a client id' {
        Disconnect-BwSession (Get-TestAccount $server).clientId
        $first.State, $second.State | Should -Be 'Disconnected', 'Locked'
    }

    It '-WhatIf ends nothing' {
        Disconnect-BwSession -All -WhatIf
        $first.State, $second.State | Should -Be 'Locked', 'Locked'
    }
}
