BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock

    function Convert-Secret([string] $Reference, [string] $Form) {
        $resolved = [Bitwarden.Core.Vault.ResolvedReference]::Resolve($session.GetVault(), $Reference)
        $secret = $session.ReadSecretAsync($resolved).GetAwaiter().GetResult()
        try {
            , [Bitwarden.PowerShell.SecretOutput]::From($secret, $resolved.Item, $Form)
        }
        finally {
            # What was made of it must outlive it.
            $secret.Dispose()
        }
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'What PowerShell gets of a decrypted secret' {
    It '<Reference> as <Form> is a <Type>' -TestCases @(
        @{ Reference = 'prod-sql'; Form = 'SecureString'; Type = 'SecureString'; Text = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Reference = 'prod-sql'; Form = 'PlainText'; Type = 'String'; Text = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Reference = 'prod-sql'; Form = 'Credential'; Type = 'PSCredential'; Text = 'Sql-Pr0d!7f3K-pbkdf2'; User = 'sql_admin' }
        @{ Reference = 'prod-sql#field:api-key'; Form = 'Credential'; Type = 'PSCredential'; Text = 'hidden-field-51d0-pbkdf2'; User = 'sql_admin' }
        @{ Reference = 'Private/duplicate#username'; Form = 'Credential'; Type = 'PSCredential'; Text = 'dup_private'; User = 'dup_private' }
        @{ Reference = 'token-only'; Form = 'Credential'; Type = 'PSCredential'; Text = 'tok_9c1f77-pbkdf2'; User = 'token-only' }
        @{ Reference = 'company card'; Form = 'Credential'; Type = 'PSCredential'; Text = '4111111111111111'; User = 'company card' }
        @{ Reference = 'company card'; Form = 'SecureString'; Type = 'SecureString'; Text = '4111111111111111' }
        @{ Reference = 'straße Ü'; Form = 'SecureString'; Type = 'SecureString'; Text = 'Str4ße-pw!-pbkdf2' }
        @{ Reference = 'straße Ü'; Form = 'PlainText'; Type = 'String'; Text = 'Str4ße-pw!-pbkdf2' }
        @{ Reference = 'recovery codes'; Form = 'PlainText'; Type = 'String'; Text = "code-1 11111`ncode-2 22222`nübrig-pbkdf2" }
    ) {
        $output = Convert-Secret $Reference $Form
        $output.GetType().Name | Should -Be $Type
        $password = $output -is [pscredential] ? $output.Password : $output
        $text = $password -is [securestring] ? [Net.NetworkCredential]::new('', $password).Password : $password
        $text | Should -BeExactly $Text
        $output.UserName | Should -BeExactly $User
    }

    It 'a file as <_> is its bytes' -ForEach 'SecureString', 'PlainText', 'Credential' {
        $output = Convert-Secret 'with attachment#attachment:cert.pfx' $_
        $output.GetType().Name | Should -Be 'Byte[]'
        $output.Length | Should -Be 3000
        ($output | Measure-Object -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'a SecureString cannot be changed' {
        (Convert-Secret prod-sql SecureString).IsReadOnly() | Should -BeTrue
    }

    It '<_>: each call gives an object of its own' -ForEach 'SecureString', 'Credential' {
        $first = Convert-Secret prod-sql $_
        ($first -is [pscredential] ? $first.Password : $first).Dispose()
        $second = Convert-Secret prod-sql $_
        ($second -is [pscredential] ? $second.Password : $second).Length | Should -Be 20
    }
}
