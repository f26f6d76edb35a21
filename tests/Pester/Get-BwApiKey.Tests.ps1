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

Describe 'Get-BwApiKey' {
    BeforeAll {
        $session = Connect-TestAccount $server
        $account = Get-TestAccount $server
        $key = Get-BwApiKey (Get-MasterPassword)
    }

    It 'gives client id, scope and grant' {
        $key.ClientId | Should -Be $account.clientId
        $key.Scope | Should -Be 'api'
        $key.GrantType | Should -Be 'client_credentials'
    }

    It 'gives the client secret only when asked' {
        $key.ClientSecret.RevealText() | Should -BeExactly $account.clientSecret
        $key | Out-String | Should -Not -Match $account.clientSecret
        $key | Format-List -Property * -Force | Out-String | Should -Not -Match $account.clientSecret
        ConvertTo-Json $key -Depth 6 -WarningAction Ignore | Should -Not -Match $account.clientSecret
        [Management.Automation.PSSerializer]::Serialize($key, 6) | Should -Not -Match $account.clientSecret
    }

    It 'leaves the session locked' {
        $session.State | Should -Be 'Locked'
    }

    It 'fails with InvalidMasterPassword for a wrong one' {
        { Get-BwApiKey (ConvertTo-TestSecret wrong) } |
            Should -Throw -ErrorId 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.GetBwApiKeyCommand'
    }

    It '-NonInteractive without a password fails with MasterPasswordMissing' {
        { Get-BwApiKey -NonInteractive } | Should -Throw -ErrorId 'MasterPasswordMissing,Bitwarden.PowerShell.Commands.GetBwApiKeyCommand'
    }
}
