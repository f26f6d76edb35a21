BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $null = Connect-TestAccount $server -Unlock
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwSecret' {
    It 'gives a SecureString' {
        $secret = Get-BwSecret prod-sql
        $secret | Should -BeOfType securestring
        [Net.NetworkCredential]::new('', $secret).Password | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It '-AsPlainText gives text' {
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It '-AsCredential gives the user name too' {
        $credential = Get-BwSecret prod-sql -AsCredential
        $credential.UserName | Should -BeExactly 'sql_admin'
        $credential.GetNetworkCredential().Password | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It '-AsCredential takes the password of an item too' {
        (Get-BwItem prod-sql | Get-BwSecret -AsCredential).GetNetworkCredential().Password | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        (Get-BwItem prod-sql | Get-BwSecret -AsCredential -Selector password).UserName | Should -BeExactly 'sql_admin'
        ('prod-sql#PASSWORD' | Get-BwSecret -AsCredential).UserName | Should -BeExactly 'sql_admin'
    }

    It '-AsCredential gives no <Name> as a password' -TestCases @(
        @{ Name = 'prod-sql#username' }
        @{ Name = 'prod-sql#totp' }
        @{ Name = 'prod-sql#uri' }
        @{ Name = 'prod-sql#notes' }
        @{ Name = 'prod-sql#field:api-key' }
        @{ Name = 'prod-sql#environment' }
        @{ Name = 'with attachment#attachment:cert.pfx' }
        @{ Name = 'recovery codes' }
        @{ Name = 'company card' }
        @{ Name = 'deploy key' }
    ) {
        $output = Get-BwSecret $Name -AsCredential -ErrorAction SilentlyContinue -ErrorVariable failures
        $output | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'NotAPassword,Bitwarden.PowerShell.Commands.GetBwSecretCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It '-AsCredential downloads no file' {
        Clear-ServerRequest $server
        Get-BwSecret 'with attachment#attachment:cert.pfx' -AsCredential -ErrorAction SilentlyContinue
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '-AsPlainText and -AsCredential exclude each other' {
        { Get-BwSecret prod-sql -AsPlainText -AsCredential } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Get-BwItem prod-sql | Get-BwSecret -AsPlainText -AsCredential -ErrorAction Stop } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'keeps every character of a difficult password' {
        Get-BwSecret prod-web -AsPlainText | Should -BeExactly 'p@ss "w0rd" $HOME `x` ''q'' <&> ünï-pbkdf2'
    }

    It 'gives <Expected> for <Name>' -TestCases @(
        @{ Name = 'prod-sql#username'; Expected = 'sql_admin' }
        @{ Name = 'PROD-SQL#PASSWORD'; Expected = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Name = 'Work/prod-sql'; Expected = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Name = 'prod-sql#uri'; Expected = 'https://sql.example.org:1433' }
        @{ Name = 'prod-sql#notes'; Expected = 'Restore notes: vault shelf 7, second drawer-pbkdf2' }
        @{ Name = 'prod-sql#field:api-key'; Expected = 'hidden-field-51d0-pbkdf2' }
        @{ Name = 'prod-sql#environment'; Expected = 'production' }
        @{ Name = 'prod-sql#login name'; Expected = 'sql_admin' }
        @{ Name = 'prod-sql (sql_admin)'; Expected = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Name = 'Work/Sub/prod-api'; Expected = 'Api-0nly!pw-pbkdf2' }
        @{ Name = 'Work/duplicate'; Expected = 'Dup-W0rk!-pbkdf2' }
        @{ Name = 'Private/duplicate#username'; Expected = 'dup_private' }
        @{ Name = 'twins (castor)'; Expected = 'Tw1n-castor!-pbkdf2' }
        @{ Name = 'c# build'; Expected = 'Csharp-Bu1ld!-pbkdf2' }
        @{ Name = 'c# build#username'; Expected = 'builder' }
        @{ Name = 'names with [brackets]'; Expected = 'Br4cket[s]!-pbkdf2' }
        @{ Name = 'star * item'; Expected = 'St4r*!-pbkdf2' }
        @{ Name = 'straße Ü'; Expected = 'Str4ße-pw!-pbkdf2' }
        @{ Name = 'token-only'; Expected = 'tok_9c1f77-pbkdf2' }
        @{ Name = 'recovery codes'; Expected = "code-1 11111`ncode-2 22222`nübrig-pbkdf2" }
        @{ Name = 'company card'; Expected = '4111111111111111' }
        @{ Name = 'company card#code'; Expected = '94731' }
        @{ Name = 'Ada Example#ssn'; Expected = '078-05-1120' }
        @{ Name = 'house bank#iban'; Expected = 'DE89370400440532013000' }
        @{ Name = 'passport'; Expected = '925665416' }
        @{ Name = 'driving licence'; Expected = 'B072RRE2I55' }
        @{ Name = 'deploy key#fingerprint'; Expected = 'SHA256:m8x0vQy2mQ3oJ4h1rC0cQmJk1u2xYzWvUtSrQpOnMlk' }
        @{ Name = 'org-sql'; Expected = '0rg-sql-pw!-pbkdf2' }
        @{ Name = 'own key'; Expected = '0wn-key-pw!-pbkdf2' }
        @{ Name = 'archived'; Expected = 'Arch1ved-pw!-pbkdf2' }
        @{ Name = 'bw://Work/prod-sql'; Expected = 'Sql-Pr0d!7f3K-pbkdf2' }
        @{ Name = 'bw://Work/prod-sql#username'; Expected = 'sql_admin' }
        @{ Name = 'bw://Private/c%23%20build#username'; Expected = 'builder' }
        @{ Name = 'bw://recovery%20codes'; Expected = "code-1 11111`ncode-2 22222`nübrig-pbkdf2" }
    ) {
        Get-BwSecret $Name -AsPlainText | Should -BeExactly $Expected
    }

    It 'gives a TOTP code of six digits' {
        Get-BwSecret prod-sql#totp -AsPlainText | Should -Match '^\d{6}$'
    }

    It 'accepts the id' {
        Get-BwSecret (Get-BwItem prod-sql).Id -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'takes names from the pipeline' {
        'prod-sql#username', 'prod-api#username' | Get-BwSecret -AsPlainText | Should -Be 'sql_admin', 'api_client'
    }

    It 'takes objects with <What> from the pipeline' -TestCases @(
        @{ What = 'a name'; Row = { [pscustomobject]@{ Name = 'prod-sql#username' } } }
        @{ What = 'an id as text'; Row = { [pscustomobject]@{ Id = "$((Get-BwItem prod-sql).Id)#username"; Name = 'prod-api' } } }
        @{ What = 'a name, from CSV'; Row = { 'Name,Other', 'prod-sql#username,x' | ConvertFrom-Csv } }
    ) {
        & $Row | Get-BwSecret -AsPlainText | Should -Be 'sql_admin'
    }

    It 'takes the session from the pipeline' {
        Get-BwSession | Get-BwSecret prod-sql#username -AsPlainText | Should -Be 'sql_admin'
    }

    It 'takes an item at the prompt' {
        Get-BwSecret (Get-BwItem prod-sql) -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'takes the session from the pipeline with -AsCredential too' {
        (Get-BwSession -Current | Get-BwSecret prod-sql -AsCredential).UserName | Should -BeExactly 'sql_admin'
    }

    # Trying a name as something else fails with exceptions, which cost several times what the secret does.
    It 'binds <What> from the pipeline without a failed attempt' -TestCases @(
        @{ What = 'names'; Inputs = { 'prod-sql', 'prod-sql#username' } }
        @{ What = 'items'; Inputs = { Get-BwItem prod-sql } }
    ) {
        $given = & $Inputs
        Add-Type -TypeDefinition @'
            public static class BindingFailures
            {
                [System.ThreadStatic] public static int Count;
                public static void Add(object sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e) => Count++;
            }
'@
        $handler = [Delegate]::CreateDelegate([EventHandler[Runtime.ExceptionServices.FirstChanceExceptionEventArgs]], [BindingFailures], 'Add')
        $null = $given | Get-BwSecret
        [AppDomain]::CurrentDomain.add_FirstChanceException($handler)
        try {
            [BindingFailures]::Count = 0
            $null = $given | Get-BwSecret
            $count = [BindingFailures]::Count
        }
        finally {
            [AppDomain]::CurrentDomain.remove_FirstChanceException($handler)
        }
        $count | Should -Be 0
    }

    It 'takes items from the pipeline' {
        Get-BwItem prod-sql | Get-BwSecret -AsPlainText | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It '-Selector chooses the value of an item' {
        Get-BwItem prod-sql | Get-BwSecret -Selector username -AsPlainText | Should -BeExactly 'sql_admin'
    }

    It 'gives an attachment as bytes' {
        $bytes = Get-BwSecret 'with attachment#attachment:cert.pfx'
        , $bytes | Should -BeOfType byte[]
        $bytes.Length | Should -Be 3000
    }

    It 'gives a fresh SecureString each time' {
        (Get-BwSecret prod-sql).Dispose()
        (Get-BwSecret prod-sql).Length | Should -Be 20
    }

    It 'asks the server nothing for a text' {
        Clear-ServerRequest $server
        $null = Get-BwSecret prod-sql
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'fails with <Id> for <Name>' -TestCases @(
        @{ Name = 'no-such-item'; Id = 'ItemNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName'; Category = 'InvalidArgument' }
        @{ Name = 'prod-sql#nothing'; Id = 'SecretNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'prod-sql#attachment:none.txt'; Id = 'SecretNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'empty login'; Id = 'SecretNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'org-hidden'; Id = 'SecretHidden'; Category = 'PermissionDenied' }
        @{ Name = 'bw://'; Id = 'InvalidReference'; Category = 'InvalidArgument' }
        @{ Name = 'trashed'; Id = 'ItemNotFound'; Category = 'ObjectNotFound' }
    ) {
        $output = Get-BwSecret $Name -ErrorAction SilentlyContinue -ErrorVariable failures
        $output | Should -BeNullOrEmpty
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.GetBwSecretCommand"
        $failures[0].CategoryInfo.Category | Should -Be $Category
        $failures[0].TargetObject | Should -Be $Name
    }

    It 'names the candidates of an ambiguous name' {
        Get-BwSecret duplicate -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].Exception.Message | Should -BeLike "*'Work/duplicate', 'Private/duplicate'*"
        $failures[0].Exception.Candidates | Sort-Object | Should -Be 'Private/duplicate', 'Work/duplicate'
    }

    It 'names what the item has when a selector is unknown' {
        Get-BwSecret 'prod-api#nothing' -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].Exception.Message | Should -Be "The item 'prod-api' has no 'nothing'. It has: 'username', 'password'."
    }

    It 'goes on with the next name after a failure' {
        Get-BwSecret no-such-item, prod-sql#username -AsPlainText -ErrorAction SilentlyContinue | Should -Be 'sql_admin'
    }

    It 'still gives the user name of an item whose password is hidden' {
        Get-BwSecret org-hidden#username -AsPlainText | Should -BeExactly 'org_hidden_user'
    }
}

Describe 'Get-BwSecret with an item that cannot be decrypted' {
    BeforeAll {
        $broken = (Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/broken-item').id
        Sync-BwVault -Force
    }

    It 'fails with DecryptionFailed and names item and field' {
        Get-BwSecret broken -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -Be 'DecryptionFailed,Bitwarden.PowerShell.Commands.GetBwSecretCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'SecurityError'
        $failures[0].Exception.Message | Should -BeLike "Item $broken, password: *"
    }
}

Describe 'Get-BwSecret with a lock' {
    It 'fails with VaultLocked' {
        Lock-BwVault
        { Get-BwSecret prod-sql } | Should -Throw -ErrorId 'VaultLocked,Bitwarden.PowerShell.Commands.GetBwSecretCommand'
    }
}
