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

Describe 'Get-BwAccount' {
    BeforeAll {
        $null = Connect-TestAccount $server
        $account = Get-BwAccount
    }

    It 'describes the account, on a locked vault too' {
        $account.Email | Should -Be 'pbkdf2@example.org'
        $account.UserId | Should -Be (Get-TestAccount $server).userId
        $account.Server | Should -Be $server.Url
        $account.Organizations | Should -Be 'Example Org'
    }

    It 'tells the KDF and that it is strong enough' {
        $account.Kdf.Iterations | Should -Be 600000
        $account.KdfMeetsRecommendation | Should -BeTrue
    }

    It '-Session describes another account' {
        $other = Connect-TestAccount $server argon2@example.org
        (Get-BwAccount -Session pbkdf2@example.org).Email | Should -Be 'pbkdf2@example.org'
        (Get-BwAccount -Session $other).Kdf.Type | Should -Be 'Argon2id'
    }

    It 'fails with NotConnected without a session' {
        Disconnect-BwSession -All
        { Get-BwAccount } | Should -Throw -ErrorId 'NotConnected,Bitwarden.PowerShell.Commands.GetBwAccountCommand'
    }
}
