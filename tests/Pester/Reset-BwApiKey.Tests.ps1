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

Describe 'Reset-BwApiKey' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $old = (Get-TestAccount $server).clientSecret
    }

    It '-WhatIf changes nothing' {
        Reset-BwApiKey (Get-MasterPassword) -WhatIf
        (Get-TestAccount $server).clientSecret | Should -BeExactly $old
    }

    It 'asks before it acts' {
        (Get-Command Reset-BwApiKey).Parameters.Keys | Should -Contain 'Confirm'
        [Bitwarden.PowerShell.Commands.ResetBwApiKeyCommand].GetCustomAttributes($true).ConfirmImpact | Should -Contain 'High'
    }

    It 'fails with InvalidMasterPassword and changes nothing' {
        { Reset-BwApiKey (ConvertTo-TestSecret wrong) -Confirm:$false } |
            Should -Throw -ErrorId 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ResetBwApiKeyCommand'
        (Get-TestAccount $server).clientSecret | Should -BeExactly $old
    }

    It 'makes a new secret, which it shows only when asked' {
        $key = Reset-BwApiKey (Get-MasterPassword) -Confirm:$false
        $new = (Get-TestAccount $server).clientSecret
        $new | Should -Not -Be $old
        $key.ClientSecret.RevealText() | Should -BeExactly $new
        $key | Format-List -Property * -Force | Out-String | Should -Not -Match $new
    }

    It 'makes the old secret useless for a new login' {
        { Connect-BwApiKey $server.Url -ClientId $session.ClientId -ClientSecret (ConvertTo-TestSecret $old) } |
            Should -Throw -ErrorId 'ApiKeyRejected,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }
}
