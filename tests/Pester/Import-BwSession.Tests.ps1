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

Describe 'Import-BwSession' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $token = Export-BwSession
        $text = Export-BwSession -AsPlainText
    }

    It 'makes the session current' {
        $imported = Import-BwSession $token
        Get-BwSession -Current | Should -Be $imported
        $imported.State | Should -Be 'Unlocked'
    }

    It 'takes the text from the pipeline' {
        ($text | Import-BwSession).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'fails with InvalidSessionToken for <Case>, without repeating it' -TestCases @(
        @{ Case = 'other text'; Change = { 'no-such-token-4711' } }
        @{ Case = 'half of it'; Change = { $text.Substring(0, $text.Length / 2) } }
    ) {
        $wrong = & $Change
        $failure = try { Import-BwSession (ConvertTo-TestSecret $wrong) } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidSessionToken,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
        $failure.Exception.ToString().Contains($wrong) | Should -BeFalse
    }
}
