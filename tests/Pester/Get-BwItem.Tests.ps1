BeforeAll {
    $WarningPreference = 'SilentlyContinue'
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $null = Connect-TestAccount $server -Unlock
    $account = Get-TestAccount $server
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Get-BwItem' {
    It 'without parameters gives every item but those in the trash and the archive' {
        $items = Get-BwItem
        $expected = $account.items.PSObject.Properties.Name | Where-Object { $_ -notin 'trashed', 'archived' } | Sort-Object
        $items.Name | Sort-Object -Unique | Should -Be $expected
    }

    It 'gives an item by name' {
        $item = Get-BwItem prod-sql
        $item.Name | Should -BeExactly 'prod-sql'
        $item.Username | Should -BeExactly 'sql_admin'
        $item.Folder | Should -BeExactly 'Work'
        $item.Uris | Should -Be 'https://sql.example.org:1433', 'https://sql-standby.example.org/login'
        $item.Favorite | Should -BeTrue
    }

    It 'ignores case' {
        (Get-BwItem PROD-SQL).Name | Should -BeExactly 'prod-sql'
    }

    It 'takes names from the pipeline' {
        ('prod-sql', 'prod-web' | Get-BwItem).Name | Should -Be 'prod-sql', 'prod-web'
    }

    It 'takes several names' {
        (Get-BwItem -Name prod-sql, prod-api).Name | Should -Be 'prod-sql', 'prod-api'
    }

    It 'takes a wildcard' {
        (Get-BwItem prod-*).Name | Sort-Object | Should -Be 'prod-api', 'prod-sql', 'prod-web'
    }

    It 'takes a folder before the name' {
        (Get-BwItem Private/duplicate).Username | Should -BeExactly 'dup_private'
    }

    It 'gives every item of a shared name' {
        (Get-BwItem duplicate).Username | Sort-Object | Should -Be 'dup_private', 'dup_work'
    }

    It 'takes a name with brackets literally' {
        (Get-BwItem 'names with [brackets]').Username | Should -BeExactly 'bracket_user'
    }

    It 'takes a name with a star literally' {
        @(Get-BwItem 'star * item').Username | Should -Be 'star_user'
    }

    It 'is silent for a wildcard without a match' {
        Get-BwItem 'nothing-*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It '<Arguments.Keys> <Arguments.Values> fails with InvalidPattern' -TestCases @(
        @{ Arguments = @{ Name = '[' } }
        @{ Arguments = @{ Name = 'prod-[' } }
        @{ Arguments = @{ Name = '*[a' } }
        @{ Arguments = @{ Folder = 'Work[' } }
        @{ Arguments = @{ Uri = 'https://[' } }
    ) {
        { Get-BwItem @Arguments -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidPattern,Bitwarden.PowerShell.Commands.GetBwItemCommand'
    }

    It 'goes on with the next name after an unbalanced pattern' {
        (Get-BwItem '[', prod-sql -ErrorAction SilentlyContinue).Name | Should -Be 'prod-sql'
    }

    It 'finds the literal name <Name> by its escaped pattern' -TestCases @(
        @{ Name = 'names with [brackets]' }
        @{ Name = 'star * item' }
    ) {
        (Get-BwItem ([WildcardPattern]::Escape($Name)) -ErrorAction Stop).Name | Should -BeExactly $Name
    }

    It 'gives an item once, however many names find it' {
        (Get-BwItem prod-sql, prod-*, PROD-SQL).Name | Should -Be 'prod-sql', 'prod-web', 'prod-api'
        $id = (Get-BwItem prod-sql).Id
        @(Get-BwItem -Id $id, $id).Count | Should -Be 1
    }

    It 'takes objects with <What> from the pipeline' -TestCases @(
        @{ What = 'a name'; Row = { [pscustomobject]@{ Name = 'prod-sql' } } }
        @{ What = 'an id as text'; Row = { [pscustomobject]@{ Id = "$((Get-BwItem prod-sql).Id)" } } }
        @{ What = 'an id and another name'; Row = { [pscustomobject]@{ Name = 'prod-api'; Id = "$((Get-BwItem prod-sql).Id)" } } }
        @{ What = 'a name, from CSV'; Row = { 'Name,Other', 'prod-sql,x' | ConvertFrom-Csv } }
        @{ What = 'an id, from CSV'; Row = { 'Other,Id', "x,$((Get-BwItem prod-sql).Id)" | ConvertFrom-Csv } }
    ) {
        (& $Row | Get-BwItem -ErrorAction Stop).Name | Should -Be 'prod-sql'
    }

    It 'takes a session from the pipeline, and no name of it' {
        @(Get-BwSession | Get-BwItem -ErrorAction Stop).Count | Should -Be @(Get-BwItem).Count
        (Get-BwSession | Get-BwItem prod-sql -ErrorAction Stop).Name | Should -Be 'prod-sql'
    }

    It 'takes a name from the pipeline for a name, also when a session has it' {
        $other = Connect-TestAccount $server argon2@example.org
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = 'argon2@example.org'; username = 'u'; password = 'p' }
        Select-BwSession pbkdf2@example.org
        Sync-BwVault
        ('argon2@example.org' | Get-BwItem -ErrorAction Stop).Username | Should -Be 'u'
        Disconnect-BwSession $other
        $trash = Get-BwItem argon2@example.org
        $trash.Name | Should -Be 'argon2@example.org'
        $null = $account.items.PSObject.Properties.Add([psnoteproperty]::new('argon2@example.org', "$($trash.Id)"))
    }

    It 'fails for an exact name without a match and goes on with the next' {
        $items = Get-BwItem no-such-item, prod-sql -ErrorAction SilentlyContinue -ErrorVariable failures
        $items.Name | Should -Be 'prod-sql'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ItemNotFound,Bitwarden.PowerShell.Commands.GetBwItemCommand'
        $failures[0].TargetObject | Should -Be 'no-such-item'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'gives an item by id' {
        (Get-BwItem -Id $account.items.'prod-sql').Name | Should -BeExactly 'prod-sql'
    }

    It 'takes items from the pipeline by their id' {
        (Get-BwItem prod-sql | Get-BwItem).Name | Should -BeExactly 'prod-sql'
    }

    It 'fails for an unknown id' {
        { Get-BwItem -Id 00000000-0000-0000-0000-000000000001 -ErrorAction Stop } |
            Should -Throw -ErrorId 'ItemNotFound,Bitwarden.PowerShell.Commands.GetBwItemCommand'
    }

    It '-Folder gives the items of a folder' {
        (Get-BwItem -Folder Work).Name | Sort-Object | Should -Be 'duplicate', 'prod-sql', 'prod-web'
    }

    It '-Folder takes a wildcard' {
        (Get-BwItem -Folder Work*).Name | Sort-Object | Should -Be 'duplicate', 'prod-api', 'prod-sql', 'prod-web'
    }

    It '-Type gives the items of a kind' {
        (Get-BwItem -Type SshKey).Name | Should -Contain 'deploy key'
        (Get-BwItem -Type Card, SecureNote).Name | Sort-Object | Should -Be 'company card', 'recovery codes'
    }

    It '-Uri finds logins by base domain, unless they ask for less' {
        (Get-BwItem -Uri https://web.example.org).Name | Sort-Object | Should -Be 'own key', 'prod-sql', 'prod-web', 'wrong checksum'
        Get-BwItem -Uri https://web.example.net | Should -BeNullOrEmpty
        (Get-BwItem -Uri 'https://web.example.org/login?a=1&b=2').Name | Should -Contain 'prod-web'
    }

    It '-Uri obeys <Match> of a stored address' -TestCases @(
        @{ Match = 'host'; Number = 1; Found = 'https://m1.example.net:8443/x'; Missed = 'https://m1.example.net/x' }
        @{ Match = 'starts with'; Number = 2; Found = 'https://m2.example.net:8443/a/b'; Missed = 'https://m2.example.net:8443/' }
        @{ Match = 'exact'; Number = 3; Found = 'https://m3.example.net:8443/a'; Missed = 'https://m3.example.net:8443/a/' }
        @{ Match = 'never'; Number = 5; Found = $null; Missed = 'https://m5.example.net:8443/a' }
    ) {
        $item = @{ name = "m$Number"; uri = "https://m$Number.example.net:8443/a"; match = $Number }
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/addresses' $item
        Sync-BwVault
        if ($Found) { (Get-BwItem -Uri $Found).Name | Should -Be "m$Number" }
        Get-BwItem -Uri $Missed | Should -BeNullOrEmpty
    }

    It '-Uri takes a regular expression of a stored address, and gives up one that takes too long' {
        foreach ($row in @{ name = 're'; uri = '^https://re\d+\.example\.net' }, @{ name = 'slow'; uri = '^(https?://re7)(a+)+\2\1$' }) {
            $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/addresses' ($row + @{ match = 4 })
        }
        Sync-BwVault
        (Get-BwItem -Uri https://RE7.example.net/x).Name | Should -Be 're'
        $found = Get-BwItem -Uri "https://re7$('a' * 5000)!" -WarningVariable warnings -WarningAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        "$warnings" | Should -Be '1 stored address patterns took too long to be tried, and count as not matching.'
    }

    It '-Search finds <Words> in <Names>' -TestCases @(
        @{ Words = 'PROD'; Names = 'prod-api', 'prod-sql', 'prod-web' }
        @{ Words = 'admin prod'; Names = 'prod-sql', 'prod-web' }
        @{ Words = 'drawer shelf'; Names = 'prod-sql' }
        @{ Words = 'sql-standby'; Names = 'prod-sql' }
        @{ Words = 'strasse'; Names = 'Straße ü' }
        @{ Words = 'STRAßE u'; Names = 'Straße ü' }
        @{ Words = 'visa *1111'; Names = 'company card' }
        @{ Words = 'ada example'; Names = 'Ada Example', 'driving licence', 'passport' }
        @{ Words = 'hidden-field-51d0'; Names = @() }
        @{ Words = 'Sql-Pr0d!7f3K'; Names = @() }
        @{ Words = 'archived'; Names = @() }
    ) {
        (Get-BwItem -Search $Words).Name | Sort-Object | Should -Be $Names
    }

    It '-Search finds the start of an id, from eight characters on' {
        $id = "$((Get-BwItem prod-sql).Id)"
        (Get-BwItem -Search $id.Substring(0, 8)).Name | Should -Be 'prod-sql'
        (Get-BwItem prod-* -Search $id).Name | Should -Be 'prod-sql'
    }

    It '-Archived gives the archive, which no list has' {
        (Get-BwItem -Archived).Name | Should -Be 'archived'
        (Get-BwItem arch*) | Should -BeNullOrEmpty
        (Get-BwItem arch* -Archived).Name | Should -Be 'archived'
        (Get-BwItem archived).ArchivedDate | Should -Not -BeNullOrEmpty
        (Get-BwItem -Id (Get-BwItem archived).Id).Name | Should -Be 'archived'
        Get-BwSecret archived -AsPlainText | Should -BeExactly $account.passwords.archived
        Get-BwItem -Archived -Trash | Should -BeNullOrEmpty
    }

    It '-Favorite, -HasTotp and -NoFolder narrow the list' {
        (Get-BwItem -Favorite).Name | Should -Be 'prod-sql'
        (Get-BwItem -HasTotp).Name | Should -Be 'prod-sql'
        (Get-BwItem -NoFolder).Name | Should -Contain 'token-only'
        (Get-BwItem -NoFolder).Folder | Where-Object { $_ } | Should -BeNullOrEmpty
        Get-BwItem -NoFolder -Favorite | Should -BeNullOrEmpty
    }

    It '-Collection and -Organization take names, wildcards and ids' {
        $expected = 'org-hidden', 'org-sql', 'org-web'
        (Get-BwItem -Collection production).Name | Sort-Object | Should -Be $expected
        (Get-BwItem -Collection Prod*).Name | Sort-Object | Should -Be $expected
        (Get-BwItem -Collection "$((Get-BwCollection).Id)").Name | Sort-Object | Should -Be $expected
        (Get-BwItem -Organization 'example org').Name | Sort-Object | Should -Be $expected
        (Get-BwItem org-s* -Organization Ex*).Name | Should -Be 'org-sql'
        Get-BwItem -Collection nothing-* | Should -BeNullOrEmpty
    }

    It '<Parameter> with a name that nothing has is <Code>, once, and gives nothing' -TestCases @(
        @{ Parameter = 'Folder'; Value = 'Wrok'; Code = 'FolderNotFound'; Message = "No folder is called 'Wrok'.*Get-BwFolder*" }
        @{ Parameter = 'Folder'; Value = 'Privat'; Code = 'FolderNotFound'; Message = "*The nearest names: 'Private'.*" }
        @{ Parameter = 'Collection'; Value = 'Productoin'; Code = 'CollectionNotFound'; Message = "*The nearest names: 'Production'.*Get-BwCollection*" }
        @{ Parameter = 'Organization'; Value = 'x'; Code = 'OrganizationNotFound'; Message = "*Get-BwOrganization*" }
    ) {
        $condition = @{ $Parameter = $Value }
        $items = 'prod-sql', 'prod-web' | Get-BwItem @condition -ErrorAction SilentlyContinue -ErrorVariable failures
        $items | Should -BeNullOrEmpty
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Code,Bitwarden.PowerShell.Commands.GetBwItemCommand"
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].Exception.Message | Should -BeLike $Message
    }

    It '-Uri takes a wildcard' {
        (Get-BwItem -Uri 'https://sql*').Name | Should -Be 'prod-sql'
    }

    It '<Case>: says why there is none' -TestCases @(
        @{ Case = 'mistyped'; Call = { Get-BwItem prod-sqk }; Message = "No item is called 'prod-sqk'. The nearest names: 'prod-sql'. *Sync-BwVault*" }
        @{ Case = 'in the trash'; Call = { Get-BwItem trashed }; Message = "*except in the trash. Get-BwItem -Trash shows it." }
        @{ Case = 'not in the trash'; Call = { Get-BwItem prod-sql -Trash }; Message = "An item is called 'prod-sql', but it is not in the trash." }
        @{ Case = 'of another type'; Call = { Get-BwItem prod-sql -Type Card }; Message = "An item is called 'prod-sql', but it is of the type Login." }
        @{ Case = 'in another folder'; Call = { Get-BwItem prod-sql -Folder Pri* }; Message = "An item is called 'prod-sql', but it is in the folder 'Work'." }
        @{ Case = 'another address'; Call = { Get-BwItem prod-sql -Uri web.example.net }; Message = "*but none of its addresses matches." }
        @{ Case = 'not archived'; Call = { Get-BwItem prod-sql -Archived }; Message = "*but it is not archived." }
        @{ Case = 'no favourite'; Call = { Get-BwItem prod-web -Favorite }; Message = "*but it is no favourite." }
        @{ Case = 'without codes'; Call = { Get-BwItem prod-web -HasTotp }; Message = "*but it has no one-time codes." }
        @{ Case = 'in a folder'; Call = { Get-BwItem prod-sql -NoFolder }; Message = "*but it is in the folder 'Work'." }
        @{ Case = 'personal'; Call = { Get-BwItem prod-sql -Organization Ex* }; Message = "*but it belongs to no organization." }
        @{ Case = 'in no collection'; Call = { Get-BwItem prod-sql -Collection Pro* }; Message = "*but it is not in that collection." }
        @{ Case = 'without the words'; Call = { Get-BwItem prod-sql -Search absent }; Message = "*but it does not have all the words." }
        @{ Case = 'wildcards'; Call = { Get-BwSecret prod-* }; Message = "No item is called 'prod-[*]'. Names take no wildcards here. Get-BwItem takes them." }
        @{ Case = 'mistyped, with selector'; Call = { Get-BwSecret prod-sqk#username }; Message = "*The nearest names: 'prod-sql'.*" }
    ) {
        $failure = try { & { $ErrorActionPreference = 'Stop'; & $Call } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ItemNotFound,*'
        $failure.Exception.Message | Should -BeLike $Message
    }

    It '-Id with -Trash gives an item of the trash, and without it none' {
        $id = (Get-BwItem -Trash).Id
        (Get-BwItem -Id $id -Trash).Name | Should -Be 'trashed'
        { Get-BwItem -Id $id -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound,*'
        { Get-BwItem -Id $account.items.'prod-sql' -Trash -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound,*'
        (Get-BwItem trashed -Trash).Name | Should -Be 'trashed'
    }

    It '-Trash gives the trash' {
        (Get-BwItem -Trash).Name | Should -Be 'trashed'
    }

    It 'names organization and collections' {
        $item = Get-BwItem org-sql
        $item.Organization | Should -BeExactly 'Example Org'
        $item.Collections | Should -Be 'Production'
    }

    It 'reads an item with a key of its own' {
        (Get-BwItem 'own key').Uris | Should -Be 'https://own-key.example.org'
    }

    It 'leaves out an address whose checksum is wrong, and says so when asked' {
        $item = Get-BwItem 'wrong checksum' -WarningVariable warnings
        $item.Uris | Should -Be 'https://honest.example.org'
        $item.Problems | ForEach-Object { "$($_.Field) $($_.Code)" } | Should -Be 'uris[1] UriChecksumMismatch'
        $warnings | Should -BeNullOrEmpty
    }

    It 'gives the names of custom fields' {
        (Get-BwItem prod-sql).Fields.Name | Should -Be 'environment', 'api-key', 'rotated', 'login name'
    }

    It 'gives the names of attachments' {
        (Get-BwItem 'with attachment').Attachments.FileName | Should -Be 'cert.pfx'
    }

    It 'gives <Name> to <Username>' -TestCases @(
        @{ Username = 'sql_admin'; Name = 'prod-sql' }
        @{ Username = 'dup_work'; Name = 'Work/duplicate' }
        @{ Username = 'dup_private'; Name = 'Private/duplicate' }
        @{ Username = 'castor'; Name = 'twins (castor)' }
        @{ Username = 'pollux'; Name = 'twins (pollux)' }
    ) {
        (Get-BwItem | Where-Object Username -EQ $Username).UniqueName | Should -BeExactly $Name
    }

    It 'tells items with equal name and user name apart by their ids' {
        $first, $second = Get-BwItem identical
        $first.UniqueName | Should -BeExactly "identical [$($first.Id.ToString('N').Substring(0, 8))]"
        $second.UniqueName | Should -Not -Be $first.UniqueName
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Get-BwItem
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'Get-BwItem with an item that cannot be decrypted' {
    BeforeAll {
        $before = @(Get-BwItem).Count
        $broken = (Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/broken-item').id
        Sync-BwVault -Force
        $items = Get-BwItem -WarningVariable warnings
    }

    It 'gives every other item' {
        $items.Count | Should -Be ($before + 1)
    }

    It 'says which part when asked, and does not ask by itself' {
        ($items | Where-Object Id -EQ $broken).Problems | ForEach-Object { "$($_.Field) $($_.Code)" } | Should -Be 'password DecryptionFailed'
        $warnings | Should -BeNullOrEmpty
    }

    It 'still gives the readable half of the item' {
        (Get-BwItem broken).Username | Should -BeExactly 'broken_user'
    }
}
