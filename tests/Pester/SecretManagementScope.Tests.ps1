# What VaultParameters do to reading, and where writes go. Facts are those of docs/secretmanagement.md.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server {
        $null = Connect-TestAccount $server -Unlock
        $other = (Get-BwItem prod-sql).Id
        $null = New-BwItem -Name org-sql -Username outsider -Password (ConvertTo-TestSecret x)
        $null = New-BwItem -Name 'org-web#username' -Username outsider -Password (ConvertTo-TestSecret x)
        $collection = (Get-BwCollection Production).Id
        $vaults = [ordered]@{
            Any = @{}; Held = @{ Organization = 'example org'; Collection = 'Production' }; HeldById = @{ collection = "$collection" }
            Owned = @{ Organization = 'Example Org' }; Filed = @{ Folder = 'Work' }; Nowhere = @{ Collection = 'Nothing' }; NoFolder = @{ Folder = 'nothing' }
            Empty = @{ Collection = 'Production'; Folder = 'Work' }; Tables = @{ Logins = 'hashtable' }; Fresh = @{ MaxAge = 0 }; Old = @{ MaxAge = 60 }
            BadAge = @{ MaxAge = 'soon' }; BadLogins = @{ Logins = 'String' }; BadSwitch = @{ ReadOnly = 'maybe' }; BadSignIn = @{ SignIn = 'Always' }
            Secret = @{ MasterPassword = 'hush' }; Organization = @{ Account = 'organization.64b0f046-c756-8708-aaf2-6ecc3395edf0' }
            BadServer = @{ Server = 'http://example.org' }; ReadOnly = @{ ReadOnly = $true }
        }
        foreach ($name in $vaults.Keys) { Register-SecretVault $name -ModuleName $moduleFolder -VaultParameters $vaults[$name] }
        function Get-List([string] $Vault, [string] $Name = '*') {
            @(Get-SecretInfo -Name $Name -Vault $Vault -ErrorAction SilentlyContinue | ForEach-Object Name)
        }
        function Get-User([string] $Vault, [string] $Name) {
            $value = Get-Secret $Name -Vault $Vault -ErrorAction SilentlyContinue -ErrorVariable failures
            $code = @($failures | ForEach-Object { $_.Exception.Data['ErrorId'] ?? ($_.FullyQualifiedErrorId -split ',')[0] }) -join ' '
            if ($code) { $code } elseif ($value -is [securestring]) { [Net.NetworkCredential]::new('', $value).Password } else { $value.UserName }
        }
        function Test-Vault([string] $Vault) {
            $works = Test-SecretVault $Vault -ErrorAction SilentlyContinue -ErrorVariable failures -WarningVariable warnings
            @{ Works = $works; Ids = @($failures.FullyQualifiedErrorId); Messages = @($failures | ForEach-Object ToString); Warnings = @($warnings).Count }
        }
        $result = @{ Listed = @{}; Tested = @{} }
        foreach ($name in 'Held', 'HeldById', 'Owned', 'Filed', 'Empty') { $result.Listed[$name] = Get-List $name }
        foreach ($name in $vaults.Keys) { $result.Tested[$name] = Test-Vault $name }
        $result.Folders = @((Get-SecretInfo -Vault Filed).Metadata.Folder | Select-Object -Unique)
        $result.Inside = @('org-sql', 'Org-Web#username', 'Example Org/org-sql' | ForEach-Object { Get-User Held $_ })
        $result.Outside = @('prod-sql', "$other", "bw://$other", 'bw://Work/prod-sql', 'prod-sql#username', 'prod-*' | ForEach-Object { Get-User Held $_ })
        $result.OutsideRows = @('prod-sql', "$other", 'bw://Work/prod-sql', 'prod-sql#username', 'prod-*' | ForEach-Object { Get-List Held $_ })
        $result.Missing = Get-User Held 'org-sql#nope'
        $result.Unscoped = Get-User Any org-sql
        $result.Nowhere = Get-User Nowhere prod-sql
        $result.NoFolder = Get-User NoFolder prod-sql
        function Get-WriteError([scriptblock] $Script) {
            Move-ServerClock $server 5
            $failures = try { @(& $Script 2>&1) } catch { $_ }
            @($failures | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) -join ' '
        }
        # What lies elsewhere, with what a write would change of it.
        function Get-Elsewhere {
            Sync-BwVault
            @(Get-BwItem | Where-Object Collections -NotContains Production |
                ForEach-Object { "$($_.Id) $($_.Name) $($_.RevisionDate.UtcTicks)" } | Sort-Object)
        }
        $elsewhere = Get-Elsewhere
        $result.WriteHeld = @(
            Get-WriteError { Set-Secret org-sql#username -Secret changed_user -Vault Held }
            Get-WriteError { Set-Secret made-inside -Secret x -Vault Held }
            Get-WriteError { Set-SecretInfo made-inside -Metadata @{ Owner = 'ops' } -Vault Held }
        )
        $result.WriteOutside = @(
            Get-WriteError { Set-Secret "$other" -Secret y -Vault Held }
            Get-WriteError { Set-Secret prod-sql#username -Secret y -Vault Held }
            Get-WriteError { Set-SecretInfo prod-sql -Metadata @{ a = 'b' } -Vault Held }
            Get-WriteError { Remove-Secret prod-sql -Vault Held }
        )
        $result.ElsewhereSame = ($elsewhere -join '|') -ceq ((Get-Elsewhere) -join '|')
        $result.Made = @(Get-BwItem made-inside | ForEach-Object { "$($_.Organization)/$($_.Collections)/$($_.FolderId)" })
        $result.MadeOwner = (Get-SecretInfo made-inside -Vault Held).Metadata.Owner
        $result.Changed = Get-User Held org-sql
        $result.RemoveHeld = Get-WriteError { Remove-Secret made-inside -Vault Held }
        $null = Get-WriteError { Set-Secret org-sql#username -Secret org_sql_user -Vault Held }
        $table = Get-Secret prod-sql -Vault Tables -AsPlainText
        $result.Table = @{ User = $table.username; Field = $table.environment; Type = "$((Get-SecretInfo prod-sql -Vault Tables).Type)" }
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = 'made later'; username = 'late'; password = 'x' }
        $result.Later = @('Any', 'Old', 'Fresh', 'Any' | ForEach-Object { Get-User $_ 'made later' })
        Clear-ServerRequest $server
        $null = Get-SecretInfo -Vault Fresh
        $result.Requests = @(Get-ServerRequest $server).Count
        Add-Fault $server /api ServerError
        $result.Broken = Get-User Fresh prod-sql
        Clear-Fault $server
        Unlock-SecretVault Any -Password (ConvertTo-TestSecret wrong) -ErrorAction SilentlyContinue -ErrorVariable wrong
        $result.Wrong = @($wrong | ForEach-Object ToString)
        $result
    }
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: a vault that is confined' {
    It 'lists what lies in its collection, and nothing else: <_>' -ForEach 'Held', 'HeldById', 'Owned' {
        $result.Listed.$_ | Should -HaveCount 3
        $result.Listed.$_ -like 'org-hidden' | Should -HaveCount 1
        $result.Listed.$_ -match 'prod|outsider' | Should -BeNullOrEmpty
    }

    It 'lists what lies in its folder, and nothing else' {
        $result.Listed.Filed | Should -Contain 'prod-sql'
        $result.Folders | Should -Be 'Work'
    }

    It 'lists what lies in all of its places' {
        $result.Listed.Empty | Should -BeNullOrEmpty
    }

    It 'is not disturbed by what has the same name elsewhere' {
        $result.Inside | Should -Be 'org_sql_user', 'org_web_user', 'GetSecretNotFound'
        $result.Unscoped | Should -Be 'AmbiguousName'
    }

    It 'reads nothing else, by name, id, reference or selector' {
        $result.Outside | Select-Object -Unique | Should -Be 'GetSecretNotFound'
        $result.OutsideRows | Should -BeNullOrEmpty
    }

    It 'says that a value is missing' {
        $result.Missing | Should -Be 'SecretNotFound'
    }

    It 'changes what lies in its collection, and makes new items there' {
        $result.WriteHeld | Should -Be '', '', ''
        $result.Changed | Should -Be 'changed_user'
        $result.Made | Should -Be 'Example Org/Production/'
        $result.MadeOwner | Should -Be 'ops'
        $result.RemoveHeld | Should -Be ''
    }

    It 'writes nothing that lies elsewhere, of the same name or by id' {
        $result.WriteOutside | Should -Be 'ItemNotFound', 'ItemNotFound', 'ItemNotFound', 'ItemNotFound'
        $result.ElsewhereSame | Should -BeTrue
    }

    It 'reads nothing when its place is not there' {
        $result.Nowhere | Should -Be 'CollectionNotFound'
        $result.NoFolder | Should -Be 'FolderNotFound'
        $result.Tested.Nowhere.Works | Should -BeFalse
        $result.Tested.Nowhere.Ids | Should -BeLike 'CollectionNotFound*'
    }
}

Describe 'SecretManagement: the other parameters' {
    It '<_> is good' -ForEach 'Any', 'Held', 'HeldById', 'Owned', 'Filed', 'Empty', 'Tables', 'Fresh', 'Old', 'ReadOnly' {
        $result.Tested.$_.Messages | Should -BeNullOrEmpty
        $result.Tested.$_.Works | Should -BeTrue
        $result.Tested.$_.Warnings | Should -Be 0
    }

    It '<Vault> is InvalidVaultParameter and says <Text>' -ForEach @(
        @{ Vault = 'BadAge'; Text = 'MaxAge must be a number of minutes' }
        @{ Vault = 'BadLogins'; Text = 'Logins must be PSCredential or Hashtable' }
        @{ Vault = 'BadSwitch'; Text = 'ReadOnly must be $true or $false' }
        @{ Vault = 'BadSignIn'; Text = 'SignIn must be Environment' }
        @{ Vault = 'Secret'; Text = 'plain text in a file of your home directory: Unregister-SecretVault removes it' }
        @{ Vault = 'Organization'; Text = 'Account is neither an e-mail nor*organization API key' }
        @{ Vault = 'BadServer'; Text = 'parameter Server cannot be used' }
    ) {
        $result.Tested.$Vault.Works | Should -BeFalse
        $result.Tested.$Vault.Ids | Should -BeLike 'InvalidVaultParameter,*'
        $result.Tested.$Vault.Messages | Should -BeLike "*$Text*"
        $result.Tested.$Vault.Messages | Should -Not -BeLike '*hush*'
    }

    It 'Logins = Hashtable reads a login as all of its values' {
        $result.Table.User | Should -Be 'sql_admin'
        $result.Table.Field | Should -Be 'production'
        $result.Table.Type | Should -Be 'Hashtable'
    }

    It 'MaxAge fetches what changed, at the next Get-Secret after that time' {
        $result.Later | Should -Be 'GetSecretNotFound', 'GetSecretNotFound', 'late', 'late'
    }

    It 'SecretManagement fact 13: MaxAge asks the server nothing in a listing' {
        $result.Requests | Should -Be 0
    }

    It 'MaxAge reads from memory when the server gives no answer' {
        $result.Broken | Should -Be 'sql_admin'
    }

    It 'a wrong password says that the vault is unlocked all the same' {
        $result.Wrong | Should -BeLike '*It was unlocked before, and still is.'
    }

    It 'prints nothing' {
        $run.Output + $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
