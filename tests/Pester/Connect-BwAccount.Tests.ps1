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

Describe 'Connect-BwAccount' {
    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/login-rules' @{ requireChallenge = $false }
    }

    It 'logs in with e-mail and master password, and unlocks' {
        $session = Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword)
        $session.Account | Should -Be 'pbkdf2@example.org'
        $session.State | Should -Be 'Unlocked'
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'takes a credential' {
        $credential = [pscredential]::new('argon2@example.org', (Get-MasterPassword argon2@example.org))
        (Connect-BwAccount $server.Url -Credential $credential).State | Should -Be 'Unlocked'
    }

    It 'does not send the master password' {
        Clear-ServerRequest $server
        $null = Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword)
        ConvertTo-Json (Get-ServerRequest $server) -Depth 5 | Should -Not -Match 'correct horse'
    }

    It 'fails with InvalidMasterPassword for a wrong one' {
        $failure = try { Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (ConvertTo-TestSecret 'wrong password') } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Match ',Bitwarden.PowerShell.Commands.ConnectBwAccountCommand$'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $failure.Exception.ToString() | Should -Not -Match 'wrong password'
    }

    It 'sends a two-step code that is given' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/login-rules' @{ twoFactorCode = '246810' }
        $session = Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword) -TwoFactorCode 246810
        $session.State | Should -Be 'Unlocked'
    }

    It 'answers the challenge of an old server with the client secret' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/login-rules' @{ requireChallenge = $true }
        $secret = ConvertTo-TestSecret (Get-TestAccount $server).clientSecret
        $session = Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword) -ClientSecret $secret
        $session.State | Should -Be 'Unlocked'
    }
}

Describe 'Connect-BwAccount where nobody can be asked' {
    BeforeAll {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/login-rules' @{ twoFactorCode = '246810' }
        $run = Invoke-FreshPwsh -Server $server {
            function Get-Id([scriptblock] $Script) { try { & $Script } catch { $_.FullyQualifiedErrorId } }
            @{
                Email    = Get-Id { Connect-BwAccount $server.Url }
                Password = Get-Id { Connect-BwAccount $server.Url -Email pbkdf2@example.org }
                Code     = Get-Id { Connect-BwAccount $server.Url -Email pbkdf2@example.org -MasterPassword (Get-MasterPassword) }
            }
        }
    }

    It 'says what is missing' {
        $run.Result.Email | Should -Be 'EmailMissing,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $run.Result.Password | Should -Be 'MasterPasswordMissing,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $run.Result.Code | Should -Be 'TwoFactorRequired,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
    }
}
