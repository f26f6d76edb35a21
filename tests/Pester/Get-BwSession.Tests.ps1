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
