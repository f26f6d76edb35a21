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

    It 'seals the text with -Key, and another process opens it with -KeyEnvironmentVariable' {
        $key = 'a key that travels another way'
        $text = Export-BwSession -Key (ConvertTo-TestSecret $key) -AsPlainText
        $text | Should -Match '^bws2\.'
        $run = Invoke-FreshPwsh -Server $server -Environment @{ BW_KEY = $key; BW_TEXT = $text } {
            function Get-Id([scriptblock] $Do) { try { $null = & $Do } catch { $_.FullyQualifiedErrorId.Split(',')[0] } }
            @{
                None  = Get-Id { Import-BwSession $env:BW_TEXT }
                Wrong = Get-Id { Import-BwSession $env:BW_TEXT -Key (ConvertTo-TestSecret 'a key that nobody knows') }
                Unset = Get-Id { Import-BwSession $env:BW_TEXT -KeyEnvironmentVariable BW_NONE }
                Both  = Get-Id { Import-BwSession $env:BW_TEXT -Key (ConvertTo-TestSecret x) -KeyEnvironmentVariable BW_KEY }
                State = "$((Import-BwSession $env:BW_TEXT -KeyEnvironmentVariable BW_KEY).State)"
                Value = Get-BwSecret prod-sql -AsPlainText
            }
        }
        $run.Result.None | Should -Be 'SessionKeyMissing'
        $run.Result.Wrong | Should -Be 'WrongSessionKey'
        $run.Result.Unset | Should -Be 'SessionKeyMissing'
        $run.Result.Both | Should -Be 'AmbiguousParameterSet'
        $run.Result.State | Should -Be 'Unlocked'
        $run.Result.Value | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'fails with <Id> for <Case>' -TestCases @(
        @{ Case = 'a short key'; Id = 'WeakSessionKey'; Arguments = { @{ Key = ConvertTo-TestSecret 'fifteen letters' } } }
        @{ Case = 'a variable that is not set'; Id = 'SessionKeyMissing'; Arguments = { @{ KeyEnvironmentVariable = 'BW_NONE' } } }
        @{ Case = 'a time beyond the calendar'; Id = 'ParameterArgumentTransformationError'
            Arguments = { @{ Key = ConvertTo-TestSecret 'sixteen letters!'; ValidFor = [timespan]::MaxValue } }
        }
        @{ Case = 'a time without a key'; Id = 'AmbiguousParameterSet'; Arguments = { @{ ValidFor = '0:10:00' } } }
    ) {
        $given = & $Arguments
        { Export-BwSession @given } | Should -Throw -ErrorId "$Id,Bitwarden.PowerShell.Commands.ExportBwSessionCommand"
    }

    It 'fails with NotConnected without a session' {
        Disconnect-BwSession -All
        { Export-BwSession } | Should -Throw -ErrorId 'NotConnected,Bitwarden.PowerShell.Commands.ExportBwSessionCommand'
    }
}
