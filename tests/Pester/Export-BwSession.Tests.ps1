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

Describe 'Export-BwSession' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
    }

    It 'writes a SecureString' {
        Export-BwSession | Should -BeOfType securestring
    }

    It 'opens the vault in another process, without a password' {
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Token = Export-BwSession -AsPlainText } {
            $imported = Import-BwSession (ConvertTo-TestSecret $arguments.Token)
            @{ State = "$($imported.State)"; Account = $imported.Account; Secret = Get-BwSecret prod-sql -AsPlainText }
        }
        $run.Result.State | Should -Be 'Unlocked'
        $run.Result.Account | Should -Be 'pbkdf2@example.org'
        $run.Result.Secret | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It '-Locked leaves the key out' {
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Token = Export-BwSession -AsPlainText -Locked } {
            $imported = Import-BwSession (ConvertTo-TestSecret $arguments.Token)
            $before = "$($imported.State)"
            Unlock-BwVault (Get-MasterPassword)
            @{ Before = $before; After = "$($imported.State)" }
        }
        $run.Result.Before | Should -Be 'Locked'
        $run.Result.After | Should -Be 'Unlocked'
    }

    It 'holds neither password nor client secret' {
        $text = Export-BwSession -AsPlainText
        $text | Should -Not -Match 'correct horse'
        $text.Contains((Get-TestAccount $server).clientSecret) | Should -BeFalse
    }

    It 'fails with NotConnected without a session' {
        Disconnect-BwSession -All
        { Export-BwSession } | Should -Throw -ErrorId 'NotConnected,Bitwarden.PowerShell.Commands.ExportBwSessionCommand'
    }
}
