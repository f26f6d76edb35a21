# What a listing and a read say of items with awkward names and fields. Facts are those of docs/secretmanagement.md.

BeforeDiscovery {
    # In the long form every name of 5,000; otherwise those that are shared and one in ten of the others. Read before the variables are taken away.
    $every = if ($env:BW_TEST_NAMES -eq 'all') { 1 } else { 10 }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server {
        $null = Connect-TestAccount $server -Unlock
        Register-SecretVault Work -ModuleName $moduleFolder
        function Get-Row([string] $Name) { @((Get-SecretInfo -Name $Name -Vault Work -ErrorAction SilentlyContinue).Name) }
        function Get-Failure([string] $Name) {
            $null = Get-Secret $Name -Vault Work -ErrorAction SilentlyContinue -ErrorVariable failures
            @($failures | ForEach-Object { @{ Type = $_.Exception.GetType().Name; Code = $_.Exception.Data['ErrorId']; Link = $_.Exception.HelpLink } })
        }
        filter Get-Value { Get-Secret $_ -Vault Work }
        function Get-User([string] $Name) { (Get-Secret $Name -Vault Work -ErrorAction SilentlyContinue).UserName }
        $null = New-BwItem -Name 'Work/prod-sql' -Username other -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'prod-web (x)' -Username other -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'token-only#password' -Username other -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name '*' -Username star -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'prod-*' -Username pattern -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'bw://Work/prod-api' -Username scheme -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'bw://nothing' -Username scheme -Password (ConvertTo-TestSecret x)
        $fields = @('same', 'one'), @('SAME', 'two'), @('same', 'three'), @('', 'nameless'), @('4', 'four')
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/fields' @{ name = 'twice'; fields = $fields }
        $null = New-BwItem -Name addresses -Username u -Uri 'https://ada:hush@example.org/sign?token=hush', 'https://example.org',
            'bob:hush@example.org/in#hush', 'https://eve:hu?sh@example.org'
        Sync-BwVault
        $all = @(Get-SecretInfo -Vault Work)
        @{
            Redirected = @('Work/prod-sql', 'token-only#password' | ForEach-Object {
                $rows = Get-Row $_
                @{ Rows = $rows; Read = @($rows | Get-Value).Count; Failures = Get-Failure $_ }
            })
            All = @($all.Name); Star = Get-User '*'; StarRows = @(Get-Row '*').Count; Pattern = Get-Row prod-*; PatternUser = Get-User prod-*
            Completed = @((TabExpansion2 'Get-Secret -Name prod-' 22).CompletionMatches.CompletionText)
            Scheme = @($all.Name | ForEach-Object { Get-User $_ } | Where-Object { $_ -eq 'scheme' }).Count
            Missing = Get-Row 'prod-sql#nope'; MissingFailure = Get-Failure 'prod-sql#nope'
            Ambiguous = Get-Row duplicate; AmbiguousFailure = Get-Failure duplicate; AmbiguousSelector = Get-Row 'duplicate#nope'
            Twice = @((Get-Secret twice -Vault Work -AsPlainText).GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key)=$($_.Value)" })
            Uris = ($all | Where-Object Name -EQ addresses).Metadata.Uris
            Types = @($all.Metadata.Values | ForEach-Object { if ($null -eq $_) { 'null' } else { $_.GetType().Name } } | Sort-Object -Unique)
            Hidden = Get-Failure org-hidden
        }
        Lock-BwVault
    }
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: names that fit two items' {
    It 'a new item takes over no name that was used before: <Index>' -ForEach @(@{ Index = 0 }, @{ Index = 1 }) {
        $result.Redirected[$Index].Failures.Code | Should -Be 'AmbiguousName'
        $result.Redirected[$Index].Rows.Count | Should -Be 2
        $result.Redirected[$Index].Read | Should -Be 2
    }

    It 'SecretManagement fact 11: an item called * hides nothing, and is read' {
        $result.StarRows | Should -Be $result.All.Count
        $result.All.Count | Should -BeGreaterThan 30
        $result.Star | Should -Be 'star'
    }

    It 'SecretManagement fact 11: an item called like a pattern is added to what the pattern matches' {
        $result.Pattern | Sort-Object | Should -Be 'prod-*', 'prod-api', 'prod-sql', 'prod-web', 'prod-web (x)'
        $result.PatternUser | Should -Be 'pattern'
        $result.Completed | Should -Contain 'prod-sql'
    }

    It 'an item whose name looks like a reference is listed under a name that reads it' {
        $result.Scheme | Should -Be 2
        $result.All -like 'bw://*' | Should -BeNullOrEmpty
    }

    It 'SecretManagement fact 10: a missing selector gives what the item has, as rows' {
        $result.Missing | Should -Contain 'prod-sql#username'
        $result.Missing | Should -Not -Contain 'prod-sql#nope'
        $result.MissingFailure.Code | Should -Be 'SecretNotFound'
    }

    It 'SecretManagement fact 10: an ambiguous name gives the candidates as rows' {
        $result.Ambiguous | Sort-Object | Should -Be 'Private/duplicate', 'Work/duplicate'
        $result.AmbiguousSelector -like 'Work/duplicate#*' | Should -Not -BeNullOrEmpty
        $result.AmbiguousSelector -like '*#nope' | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: what a caller learns' {
    It 'SecretManagement fact W11: the cause of a failed read is in the data of its exception: <Case>' -ForEach @(
        @{ Case = 'AmbiguousFailure'; Code = 'AmbiguousName' }
        @{ Case = 'MissingFailure'; Code = 'SecretNotFound' }
        @{ Case = 'Hidden'; Code = 'SecretHidden' }
    ) {
        $result.$Case.Type | Should -Be 'PasswordRequiredException'
        $result.$Case.Code | Should -Be $Code
        $result.$Case.Link | Should -BeLike 'https://*errors*'
    }

    It 'fields of one name are all there, and one without a name is there under its number' {
        $result.Twice | Should -Be '4=four', 'field:4=nameless', 'field:SAME=two', 'field:same [3]=three', 'same=one'
    }

    It 'SecretManagement fact W12: metadata are text, int and DateTime, and nothing is null' {
        $result.Types | Should -Be 'DateTime', 'Int32', 'String'
    }

    It 'addresses in metadata have no user, no password and no query' {
        $result.Uris | Should -Be 'https://example.org/sign, https://example.org, example.org/in'
    }

    It 'prints nothing' {
        $run.Output + $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: a vault of 5,000 items of which 500 share names' -ForEach @{ Every = $every } {
    BeforeAll {
        $large = Start-TestServer '--large', '5000', '--large-mixed'
        $names = Invoke-FreshPwsh -Server $large -Arguments @{ every = $Every } {
            $null = Connect-TestAccount $server large@example.org -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            $rows = @(Get-SecretInfo -Vault Work)
            $shared = @($rows | Where-Object Name -Match '^(Team ./)?shared-')
            $others = for ($i = 0; $i -lt $rows.Count; $i += $arguments.every) { $rows[$i] }
            $chosen = @($shared) + @($others | Where-Object { $_ -notin $shared })
            $wrong = @(foreach ($row in $chosen) {
                $number = $row.Metadata['Uris'] -replace '\D'
                $secret = Get-Secret $row.Name -Vault Work
                if ($secret.UserName -cne "user-$number" -or $secret.GetNetworkCredential().Password -cnotlike "pw-$number-*") { $row.Name }
            })
            @{
                Rows = $rows.Count; Different = @($rows.Name | Sort-Object -Unique).Count; Shared = $shared.Count; Read = $chosen.Count; Wrong = $wrong
            }
        }
        $large | ForEach-Object { Stop-TestServer $_ }
        $found = $names.Result
    }

    It 'lists each under a name of its own' {
        $found.Rows | Should -Be 5000
        $found.Different | Should -Be 5000
        $found.Shared | Should -Be 500
    }

    It 'reads under every listed name the item that the row is of' {
        $found.Read | Should -BeGreaterOrEqual (4500 / $Every + 500)
        $found.Wrong | Should -BeNullOrEmpty
        $names.Output + $names.ErrorOutput | Should -BeNullOrEmpty
    }
}
