BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $first = Connect-TestAccount $server -Unlock
    $second = Connect-TestAccount $server argon2@example.org -Unlock
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Select-BwSession' {
    BeforeEach {
        Select-BwSession $second
    }

    It 'takes <Form>' -TestCases @(
        @{ Form = 'a session'; Value = { $first } }
        @{ Form = 'an e-mail'; Value = { 'pbkdf2@example.org' } }
        @{ Form = 'an e-mail in another case'; Value = { 'PBKDF2@Example.org' } }
        @{ Form = 'a client id'; Value = { $first.ClientId } }
        @{ Form = 'a session id'; Value = { $first.Id } }
        @{ Form = 'a session id as text'; Value = { $first.Id.ToString() } }
    ) {
        Select-BwSession (& $Value)
        Get-BwSession -Current | Should -Be $first
    }

    It 'takes a session from the pipeline' {
        $first | Select-BwSession
        Get-BwSession -Current | Should -Be $first
    }

    It 'decides what the other cmdlets use' {
        Select-BwSession $first
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        Select-BwSession $second
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-argon2'
    }

    It 'is overridden by -Session' {
        Get-BwSecret prod-sql -AsPlainText -Session $first | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'writes nothing' {
        Select-BwSession $first | Should -BeNullOrEmpty
    }

    It '-PassThru writes the session' {
        Select-BwSession $first -PassThru | Should -Be $first
    }

    It '-WhatIf changes nothing' {
        Select-BwSession $first -WhatIf
        Get-BwSession -Current | Should -Be $second
    }

    It 'fails for a session that was disconnected' {
        $gone = Connect-TestAccount $server weak@example.org
        Disconnect-BwSession $gone
        Select-BwSession $second
        { Select-BwSession $gone } | Should -Throw -ErrorId 'SessionDisconnected,Bitwarden.PowerShell.Commands.SelectBwSessionCommand'
        Get-BwSession -Current | Should -Be $second
    }

    It 'fails for a text that names no session' {
        { Select-BwSession nobody@example.org } | Should -Throw '*names no session*' -ErrorId 'ParameterArgumentTransformationError,*'
        Get-BwSession -Current | Should -Be $second
    }
}

Describe 'Select-BwSession with two sessions of one e-mail' {
    It 'fails for the e-mail' {
        $elsewhere = Start-TestServer
        try {
            $third = Connect-TestAccount $elsewhere
            { Select-BwSession pbkdf2@example.org } | Should -Throw '*names several sessions*'
            Select-BwSession $third.Id
            Get-BwSession -Current | Should -Be $third
        }
        finally {
            Disconnect-BwSession $third
            Stop-TestServer $elsewhere
        }
    }
}
