# Facts are those of docs/secretmanagement.md. Everything runs in child processes: SecretManagement
# keeps its registry in the home directory and everything else in the process.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: importing' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server -WithoutModule {
            Import-Module $moduleFolder
            Import-Module $moduleFolder
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            Import-Module $moduleFolder
            $twice = (Get-Command Get-Secret).Source
            $value = (Get-Secret prod-sql -Vault Work).UserName
            Import-Module Microsoft.PowerShell.SecretManagement
            Import-Module $moduleFolder
            $others = Get-Command Get-Secret, Get-SecretInfo, Set-Secret, Set-SecretInfo, Remove-Secret, Test-SecretVault, Unlock-SecretVault,
                Unregister-SecretVault
            # SecretManagement fact 5: registering again imports the module with -Force in a runspace of SecretManagement, where ours is removed.
            $session = Get-BwSession
            Register-SecretVault Second -ModuleName $moduleFolder
            Register-SecretVault Third -ModuleName $moduleFolder
            @{
                Twice = $twice; Value = $value; Sources = @($others.Source | Select-Object -Unique); All = @(Get-Command Get-Secret -All).Count
                State = "$($session.State)"; Third = (Get-Secret prod-sql -Vault Third).UserName; Errors = @($Error | ForEach-Object ToString)
            }
        }
    }

    It 'SecretManagement fact 27: importing the module twice leaves Get-Secret SecretManagement''s' {
        $run.Result.Twice | Should -Be 'Microsoft.PowerShell.SecretManagement'
        $run.Result.Value | Should -Be 'sql_admin'
    }

    It 'SecretManagement fact 27: in any order, for all eight commands' {
        $run.Result.Sources | Should -Be 'Microsoft.PowerShell.SecretManagement'
        $run.Result.All | Should -Be 1
    }

    It 'SecretManagement fact 5: registering a second and a third vault locks nothing' {
        $run.Result.State | Should -Be 'Unlocked'
        $run.Result.Third | Should -Be 'sql_admin'
    }

    It 'writes no error' {
        $run.Result.Errors | Should -BeNullOrEmpty
    }

    It 'SecretManagement fact 12: the module need not be imported by the user' {
        $other = Invoke-FreshPwsh -Server $server -WithoutModule {
            Register-SecretVault Work -ModuleName $moduleFolder
            $null = Get-Secret x -Vault Work -ErrorAction SilentlyContinue
            @{ Loaded = [bool](Get-Module Bitwarden); Messages = @($Error | ForEach-Object ToString) }
        }
        $other.Result.Loaded | Should -BeFalse
        $other.Result.Messages | Should -BeLike '*No session is connected in this process.*'
    }
}

Describe 'SecretManagement: names and filters' {
    BeforeAll {
        $names = @(
            'prod-sql', 'PROD-SQL', 'prod-sql#totp', 'prod-sql#username', 'Work/prod-sql', 'Work/duplicate', 'twins (castor)', 'c# build',
            'c# build#username', 'names with [brackets]', 'star * item', 'Straße ü', 'bw://Work/prod-sql', 'bw://Work/prod-sql#username',
            'with attachment#attachment:cert.pfx')
        $absent = @('no-such-item', '[', 'a[', ' prod-sql', 'prod-sql ', '"prod-sql"', "'prod-sql'", '*', 'z*', '?', 'prod-*', 'bw://Work/nothing')
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Names = $names; Absent = $absent } {
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            $WarningPreference = 'Continue'
            function Read-Name($Name, $More) {
                $Error.Clear()
                $output = Get-Secret -Name $Name @More *>&1
                $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
                $values = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] })
                # A byte array arrives byte by byte.
                $count = if ($values.Count -gt 0 -and $values[0] -is [byte]) { 1 } else { $values.Count }
                @{
                    Name = $Name; Count = $count; Ids = @($errors.FullyQualifiedErrorId)
                    Messages = @($errors | ForEach-Object ToString)
                }
            }
            function Read-Info($Name) {
                $rows = @(Get-SecretInfo -Name $Name -Vault Work -ErrorAction SilentlyContinue -ErrorVariable failures)
                @{ Name = $Name; Rows = @($rows.Name); Types = @($rows.Type | ForEach-Object ToString); Failures = @($failures | ForEach-Object ToString) }
            }
            Clear-ServerRequest $server
            $all = @(Get-SecretInfo -Vault Work)
            $result = @{
                With     = @($arguments.Names | ForEach-Object { Read-Name $_ @{ Vault = 'Work' } })
                Default  = @($arguments.Names | ForEach-Object { Read-Name $_ @{} })
                Info     = @($arguments.Names | ForEach-Object { Read-Info $_ })
                Absent   = @($arguments.Absent | ForEach-Object { Read-Name $_ @{ Vault = 'Work' } })
                AbsentDefault = @($arguments.Absent | ForEach-Object { Read-Name $_ @{} })
                Prod     = @((Get-SecretInfo prod-* -Vault Work).Name | Sort-Object)
                Bracket  = Read-Info '['
                All      = @($all.Name)
                Unique   = @($all.Name | ForEach-Object ToUpperInvariant | Select-Object -Unique).Count
                Trash    = @($all.Name) -contains 'trashed'
                Requests = @(Get-ServerRequest $server | Where-Object path -NotLike '*attachment*' | ForEach-Object { "$($_.method) $($_.path)" })
                Ambiguous = Read-Name duplicate @{ Vault = 'Work' }
                AmbiguousDefault = Read-Name duplicate @{}
                Piped    = @(Get-SecretInfo 'twins*' -Vault Work | Get-Secret).Count
                Everything = @($all | ForEach-Object { Get-Secret $_.Name -Vault Work -ErrorAction SilentlyContinue } | Where-Object { $null -ne $_ }).Count
                Metadata = ($all | Where-Object Name -EQ prod-sql).Metadata
                Vaults   = @($all.VaultName | Select-Object -Unique)
            }
            Set-SecretVaultDefault -ClearDefault
            $result.NoDefault = Read-Name no-such-item @{}
            $result.NoDefaultFound = Read-Name prod-sql @{}
            $result
        }
        $result = $run.Result
        $byName = @{}
        foreach ($part in 'With', 'Default', 'Info') { foreach ($row in $result.$part) { $byName["$part|$($row.Name)"] = $row } }
        $absentByName = @{}
        foreach ($part in 'Absent', 'AbsentDefault') { foreach ($row in $result.$part) { $absentByName["$part|$($row.Name)"] = $row } }
    }

    It 'SecretManagement facts 10, 11: <_> is found with -Vault, without it, and by Get-SecretInfo' -ForEach @(
        'prod-sql', 'prod-sql#totp', 'prod-sql#username', 'Work/prod-sql', 'Work/duplicate', 'twins (castor)', 'c# build',
        'c# build#username', 'names with [brackets]', 'star * item', 'Straße ü', 'bw://Work/prod-sql', 'bw://Work/prod-sql#username',
        'with attachment#attachment:cert.pfx'
    ) {
        $byName["With|$_"].Count | Should -Be 1
        $byName["With|$_"].Ids | Should -BeNullOrEmpty
        $byName["Default|$_"].Count | Should -Be 1
        $byName["Default|$_"].Ids | Should -BeNullOrEmpty
        $byName["Info|$_"].Rows | Should -Be $_
    }

    It 'SecretManagement facts 10, 11: <_> is nothing: "not found" and no other error' -ForEach @(
        'no-such-item', '[', 'a[', ' prod-sql', 'prod-sql ', '"prod-sql"', "'prod-sql'", '*', 'z*', '?', 'prod-*', 'bw://Work/nothing'
    ) {
        foreach ($part in 'Absent', 'AbsentDefault') {
            $absentByName["$part|$_"].Count | Should -Be 0
            $absentByName["$part|$_"].Ids | Should -Be 'GetSecretNotFound,Microsoft.PowerShell.SecretManagement.GetSecretCommand'
        }
    }

    It 'SecretManagement fact 11: a pattern lists what matches' {
        $result.Prod | Should -Be 'prod-api', 'prod-sql', 'prod-web'
    }

    It 'SecretManagement fact 11: an opening bracket alone is no error' {
        $result.Bracket.Rows | Where-Object { $_ } | Should -BeNullOrEmpty
        $result.Bracket.Failures | Should -BeNullOrEmpty
    }

    It 'SecretManagement fact 9: every name is unique, ignoring case' {
        $result.Unique | Should -Be $result.All.Count
        $result.All.Count | Should -BeGreaterThan 25
    }

    It 'SecretManagement fact 9: equal names become Folder/Name, Name (username), Name [id]' {
        foreach ($name in 'Work/duplicate', 'Private/duplicate', 'twins (castor)', 'twins (pollux)') { $result.All | Should -Contain $name }
        @($result.All -match '^identical \[[0-9a-f]{8}\]$').Count | Should -Be 2
    }

    It 'SecretManagement fact 10: an ambiguous name fails with the candidates' {
        foreach ($part in 'Ambiguous', 'AmbiguousDefault') {
            $result.$part.Count | Should -Be 0
            ($result.$part.Messages -join ' ') | Should -BeLike "*'duplicate' is the name of 2 items*'Work/duplicate'*"
        }
    }

    It 'SecretManagement fact 10: in a vault that is not the default an unknown name is silent' {
        $result.NoDefault.Ids | Should -Be 'GetSecretNotFound,Microsoft.PowerShell.SecretManagement.GetSecretCommand'
        $result.NoDefaultFound.Count | Should -Be 1
    }

    It 'SecretManagement fact 12: rows carry the name of the vault and can be piped to Get-Secret' {
        $result.Vaults | Should -Be 'Work'
        $result.Piped | Should -Be 2
    }

    It 'SecretManagement fact 13: listing and reading ask the server nothing' {
        $result.Requests | Should -BeNullOrEmpty
    }

    It 'does not list the trash' {
        $result.Trash | Should -BeFalse
    }

    It 'every listed name can be read, but the one whose password is hidden' {
        $result.Everything | Should -Be ($result.All.Count - 1)
    }

    It 'metadata tell type, folder and fields, and no value' {
        $result.Metadata.ItemType | Should -Be 'Login'
        $result.Metadata.Folder | Should -Be 'Work'
        $result.Metadata.Fields | Should -Be 'environment, api-key, rotated, login name'
        $result.Metadata.HasTotp | Should -BeTrue
        ConvertTo-Json $result.Metadata | Should -Not -Match 'Sql-Pr0d|hidden-field|Restore|JBSWY'
    }

    It 'prints nothing' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: values' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            function Get-TypeOf($Name) {
                $value = Get-Secret $Name -Vault Work
                $value.GetType().FullName
            }
            function Get-TypesIn($Name) {
                $table = Get-Secret $Name -Vault Work
                @($table.Values | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique)
            }
            $types = @{}
            $inside = @{}
            $infos = @{}
            foreach ($row in Get-SecretInfo -Vault Work) { $infos[$row.Name] = "$($row.Type)" }
            foreach ($name in 'prod-sql', 'token-only', 'recovery codes', 'company card', 'Ada Example', 'deploy key', 'house bank', 'passport',
                'driving licence', 'empty login', 'prod-sql#username', 'prod-sql#totp', 'with attachment#attachment:cert.pfx') {
                $types[$name] = Get-TypeOf $name
            }
            foreach ($name in 'company card', 'Ada Example', 'deploy key', 'house bank', 'passport', 'driving licence') { $inside[$name] = Get-TypesIn $name }
            $first = Get-Secret token-only -Vault Work
            $first.Dispose()
            $second = Get-Secret token-only -Vault Work
            $credential = Get-Secret prod-sql -Vault Work
            $credential.Password.Dispose()
            $card = Get-Secret 'company card' -Vault Work
            $card.number.Dispose()
            $key = Get-Secret 'deploy key' -Vault Work -AsPlainText
            $bytes = Get-Secret 'with attachment#attachment:cert.pfx' -Vault Work
            $streams = Get-Secret token-only -Vault Work -Verbose *>&1
            $strict = Get-Secret token-only -Vault Work -WarningAction Stop
            @{
                Types = $types; Inside = $inside; Infos = $infos; Fresh = $second.Length
                Credential = (Get-Secret prod-sql -Vault Work).GetNetworkCredential().Password
                User = $credential.UserName
                Card = (Get-Secret 'company card' -Vault Work -AsPlainText).number
                PublicKey = $key.publicKey
                PrivateKey = $key.privateKey.StartsWith('-----BEGIN')
                Token = Get-Secret token-only -Vault Work -AsPlainText
                Note = Get-Secret 'recovery codes' -Vault Work -AsPlainText
                Bytes = $bytes.Length
                Empty = (Get-Secret 'empty login' -Vault Work).Password.Length
                Warnings = @($streams | Where-Object { $_ -is [Management.Automation.WarningRecord] -or $_ -is [Management.Automation.ErrorRecord] }).Count
                Strict = $strict.Length
                Hidden = @(Get-Secret org-hidden -Vault Work -ErrorAction SilentlyContinue -ErrorVariable hidden).Count
                HiddenErrors = @($hidden | ForEach-Object { "$($_.Exception.GetType().Name): $($_.Exception.Message)" })
            }
        }
        $result = $run.Result
    }

    It 'SecretManagement fact 14: <Name> is a <Type>' -TestCases @(
        @{ Name = 'prod-sql'; Type = 'System.Management.Automation.PSCredential' }
        @{ Name = 'empty login'; Type = 'System.Management.Automation.PSCredential' }
        @{ Name = 'token-only'; Type = 'System.Security.SecureString' }
        @{ Name = 'recovery codes'; Type = 'System.Security.SecureString' }
        @{ Name = 'prod-sql#username'; Type = 'System.Security.SecureString' }
        @{ Name = 'prod-sql#totp'; Type = 'System.Security.SecureString' }
        @{ Name = 'with attachment#attachment:cert.pfx'; Type = 'System.Byte[]' }
        @{ Name = 'company card'; Type = 'System.Collections.Hashtable' }
        @{ Name = 'Ada Example'; Type = 'System.Collections.Hashtable' }
        @{ Name = 'deploy key'; Type = 'System.Collections.Hashtable' }
        @{ Name = 'house bank'; Type = 'System.Collections.Hashtable' }
        @{ Name = 'passport'; Type = 'System.Collections.Hashtable' }
        @{ Name = 'driving licence'; Type = 'System.Collections.Hashtable' }
    ) {
        $result.Types.$Name | Should -Be $Type
    }

    It 'SecretManagement fact 14: the listing says the same of <Name>' -TestCases @(
        @{ Name = 'prod-sql'; Type = 'PSCredential' }
        @{ Name = 'token-only'; Type = 'SecureString' }
        @{ Name = 'recovery codes'; Type = 'SecureString' }
        @{ Name = 'company card'; Type = 'Hashtable' }
    ) {
        $result.Infos.$Name | Should -Be $Type
    }

    It 'SecretManagement facts 8, 15: <_> holds SecureStrings only: no text, nothing nested' -ForEach @(
        'company card', 'Ada Example', 'deploy key', 'house bank', 'passport', 'driving licence'
    ) {
        $result.Inside.$_ | Should -Be 'System.Security.SecureString'
    }

    It 'SecretManagement fact 15: -AsPlainText reads inside a Hashtable, so its values are raw' {
        $result.Card | Should -BeExactly '4111111111111111'
        $result.PublicKey | Should -BeLike 'ssh-ed25519 *'
        $result.PrivateKey | Should -BeTrue
    }

    It 'SecretManagement fact 16: a SecureString is fresh each time, alone, in a credential and in a Hashtable' {
        $result.Fresh | Should -Be 17
        $result.Credential | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
        $result.Card | Should -BeExactly '4111111111111111'
    }

    It 'SecretManagement fact 14: values arrive whole' {
        $result.User | Should -Be 'sql_admin'
        $result.Token | Should -BeExactly 'tok_9c1f77-pbkdf2'
        $result.Note | Should -BeExactly "code-1 11111`ncode-2 22222`nübrig-pbkdf2"
        $result.Bytes | Should -Be 3000
        $result.Empty | Should -Be 0
    }

    It 'SecretManagement fact 28: a read warns of nothing, so that no preference can destroy it' {
        $result.Warnings | Should -Be 0
        $result.Strict | Should -Be 17
    }

    It 'SecretManagement fact 20: a hidden password is one error, not an absent name' {
        $result.Hidden | Should -Be 0
        $result.HiddenErrors | Should -Be "PasswordRequiredException: The organization of 'org-hidden' hides its passwords from your account."
    }

    It 'SecretManagement fact 28: prints nothing on the host' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: the extension itself' {
    It 'SecretManagement fact 8: writes no text for any item or selector' {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Import-Module Microsoft.PowerShell.SecretManagement
            $extension = Import-Module (Join-Path $moduleFolder Bitwarden.Extension) -PassThru
            $names = @(Get-BwItem | ForEach-Object { $_.UniqueName; foreach ($key in @($_.Values.Keys) + 'uri') { "$($_.UniqueName)#$key" } })
            $problems = foreach ($name in $names) {
                $value = try { & $extension { param($n) Get-Secret -Name $n -VaultName V -AdditionalParameters @{} } $name } catch { continue }
                if ($null -eq $value) { continue }
                $base = $value.PSObject.BaseObject
                $nested = @($base.Values | ForEach-Object { if ($_ -is [hashtable]) { 'nested' } })
                $inner = if ($base -is [hashtable]) { @($base.Values) + $nested } else { $base }
                if ($inner | Where-Object { $_ -is [string] }) { $name }
            }
            @{ Problems = @($problems); Names = $names.Count }
        }
        $run.Result.Problems | Should -BeNullOrEmpty
        $run.Result.Names | Should -BeGreaterThan 80
    }

    It 'SecretManagement facts 7, 8: eight threads never end the process and never read a wrong value' {
        $run = Invoke-FreshPwsh -Server $server -Seconds 240 {
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            $expected = @{ 'prod-sql#password' = 'Sql-Pr0d!7f3K-pbkdf2'; 'token-only' = 'tok_9c1f77-pbkdf2'; 'prod-sql#username' = 'sql_admin' }
            $results = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                1..20 | ForEach-Object {
                    'prod-sql#password', 'token-only', 'prod-sql#username' | ForEach-Object {
                        $value = Get-Secret $_ -Vault Work -ErrorAction SilentlyContinue
                        if ($value) { @{ Name = $_; Text = [Net.NetworkCredential]::new('', $value).Password } }
                    }
                    $null = Get-Secret 'company card' -Vault Work -ErrorAction SilentlyContinue
                }
            }
            @{
                Wrong = @($results | Where-Object { $_.Text -cne $expected[$_.Name] }).Count; Right = @($results).Count
                After = Get-Secret token-only -Vault Work -AsPlainText
            }
        }
        $run.ExitCode | Should -Be 0
        $run.Result.Wrong | Should -Be 0
        $run.Result.Right | Should -BeGreaterThan 0
        $run.Result.After | Should -BeExactly 'tok_9c1f77-pbkdf2'
    }
}

Describe 'SecretManagement: a locked vault' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server {
            function Get-Problem([scriptblock] $Script) {
                $terminated = $false
                $output = try { & $Script 2>&1 } catch { $terminated = $true; $_ }
                $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
                @{
                    Count = $errors.Count; Terminated = $terminated; Ids = @($errors | ForEach-Object FullyQualifiedErrorId)
                    Types = @($errors | ForEach-Object { $_.Exception.GetType().Name }); Messages = @($errors | ForEach-Object ToString)
                    Values = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] })
                }
            }
            $session = Connect-TestAccount $server
            Register-SecretVault Work -ModuleName $moduleFolder
            $result = @{
                Get          = Get-Problem { Get-Secret prod-sql -Vault Work }
                GetDefault   = Get-Problem { Get-Secret prod-sql }
                Info         = Get-Problem { Get-SecretInfo -Vault Work }
                Set          = Get-Problem { Set-Secret prod-sql -Secret 'x' -Vault Work }
                SetNoClobber = Get-Problem { Set-Secret prod-sql -Secret 'x' -Vault Work -NoClobber }
                Test         = Get-Problem { Test-SecretVault Work }
                Unlock       = Get-Problem { Unlock-SecretVault Work -Password (ConvertTo-TestSecret wrong) }
            }
            $result.StateAfterWrong = "$($session.State)"
            $result.UnlockRight = Get-Problem { Unlock-SecretVault Work -Password (Get-MasterPassword) }
            $result.StateAfterRight = "$($session.State)"
            $result.TestUnlocked = Get-Problem { Test-SecretVault Work }
            $result.User = (Get-Secret prod-sql -Vault Work).UserName
            Lock-BwVault
            $result.Again = Get-Problem { Get-Secret prod-sql -Vault Work }
            Disconnect-BwSession
            $result.Disconnected = Get-Problem { Get-Secret prod-sql -Vault Work }
            $result.Unregister = Get-Problem { Unregister-SecretVault Work }
            $result.Vaults = @(Get-SecretVault).Count
            $result
        }
        $result = $run.Result
    }

    It 'SecretManagement fact 19: Get-Secret gives exactly one error, a PasswordRequiredException' {
        $result.Get.Count | Should -Be 1
        $result.Get.Types | Should -Be 'PasswordRequiredException'
        $result.Get.Ids | Should -Be 'GetSecretException,Microsoft.PowerShell.SecretManagement.GetSecretCommand'
        $result.Get.Messages | Should -Be 'The vault of pbkdf2@example.org is locked. Unlock it with Unlock-SecretVault Work or Unlock-BwVault.'
    }

    It 'SecretManagement fact 19: Get-Secret without -Vault says so too' {
        $result.GetDefault.Values | Should -BeNullOrEmpty
        ($result.GetDefault.Messages -join ' ') | Should -BeLike '*The vault of pbkdf2@example.org is locked*'
    }

    It 'SecretManagement fact 18: Get-SecretInfo gives one error with our id' {
        $result.Info.Count | Should -Be 1
        $result.Info.Ids | Should -BeLike 'VaultLocked*'
        $result.Info.Terminated | Should -BeFalse
    }

    It 'SecretManagement fact 20: Set-Secret -NoClobber stops at the failing read' {
        $result.SetNoClobber.Types | Should -Be 'PasswordRequiredException'
    }

    It 'SecretManagement fact W9: Set-Secret gives exactly one error, a PasswordRequiredException that ends the statement' {
        $result.Set.Count | Should -Be 1
        $result.Set.Types | Should -Be 'PasswordRequiredException'
        $result.Set.Terminated | Should -BeTrue
    }

    It 'Test-SecretVault is false and says why' {
        $result.Test.Values | Should -Be $false
        $result.Test.Ids | Should -BeLike 'VaultLocked*'
    }

    It 'SecretManagement fact 22: Unlock-SecretVault verifies the password' {
        $result.Unlock.Ids | Should -BeLike 'InvalidMasterPassword*'
        $result.StateAfterWrong | Should -Be 'Locked'
    }

    It 'SecretManagement fact 22: Unlock-SecretVault unlocks with the right one' {
        $result.UnlockRight.Count | Should -Be 0
        $result.StateAfterRight | Should -Be 'Unlocked'
        $result.TestUnlocked.Values | Should -Be $true
        $result.User | Should -Be 'sql_admin'
    }

    It 'Lock-BwVault locks it for SecretManagement too' {
        $result.Again.Types | Should -Be 'PasswordRequiredException'
    }

    It 'Disconnect-BwSession ends it for SecretManagement too' {
        $result.Disconnected.Messages | Should -BeLike '*No session is connected in this process.*'
    }

    It 'SecretManagement fact 22: can be unregistered' {
        $result.Unregister.Count | Should -Be 0
        $result.Vaults | Should -Be 0
    }
}

Describe 'SecretManagement: -NoClobber' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server {
            function Get-Problem([scriptblock] $Script) {
                $output = try { & $Script 2>&1 } catch { $_ }
                $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
                @{ Ids = @($errors | ForEach-Object FullyQualifiedErrorId); Messages = @($errors | ForEach-Object ToString) }
            }
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            Clear-ServerRequest $server
            $result = @{
                Exists    = Get-Problem { Set-Secret prod-sql -Secret 'x' -Vault Work -NoClobber }
                Ambiguous = Get-Problem { Set-Secret duplicate -Secret 'x' -Vault Work -NoClobber }
                Hidden    = Get-Problem { Set-Secret org-hidden -Secret 'x' -Vault Work -NoClobber }
                Selector  = Get-Problem { Set-Secret 'prod-sql#nothing' -Secret 'x' -Vault Work -NoClobber }
            }
            Add-Fault $server /api/ciphers ServerError
            $result.Network = Get-Problem { Set-Secret 'with attachment#attachment:cert.pfx' -Secret 'x' -Vault Work -NoClobber }
            $result.Writes = @(Get-ServerRequest $server | Where-Object method -NE 'GET' | ForEach-Object { "$($_.method) $($_.path)" })
            $result
        }
        Clear-Fault $server
        $result = $run.Result
    }

    It 'SecretManagement fact 20: -NoClobber sees an item that exists' {
        $result.Exists.Ids | Should -Be 'SetSecretCommandAlreadyExistsWithNoClobber,Microsoft.PowerShell.SecretManagement.SetSecretCommand'
    }

    It 'SecretManagement fact 20: a failing read (<_>) is not "absent": Set-Secret is not called' -ForEach 'Ambiguous', 'Hidden', 'Selector', 'Network' {
        $result.$_.Ids.Count | Should -Be 1
        $result.$_.Ids | Should -BeLike 'Microsoft.PowerShell.SecretManagement.PasswordRequiredException,*'
    }

    It 'sends the server nothing' {
        $result.Writes | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: which session' {
    BeforeAll {
        $second = Start-TestServer
        $run = Invoke-FreshPwsh -Server $server -Arguments @{ Second = $second.Url } {
            function Get-Problem([scriptblock] $Script) {
                $output = try { & $Script 2>&1 } catch { $_ }
                $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
                @{
                    Ids = @($errors | ForEach-Object FullyQualifiedErrorId); Messages = @($errors | ForEach-Object ToString)
                    Values = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] })
                }
            }
            function Read-From([string] $Vault) { Get-Secret prod-sql#password -Vault $Vault -AsPlainText }
            $elsewhere = Get-TestServer $arguments.Second
            $account = Get-TestAccount $server
            Register-SecretVault Any -ModuleName $moduleFolder
            Register-SecretVault Argon -ModuleName $moduleFolder -VaultParameters @{ Account = 'argon2@example.org' }
            Register-SecretVault Lower -ModuleName $moduleFolder -VaultParameters @{ account = 'ARGON2@example.org' }
            Register-SecretVault ById -ModuleName $moduleFolder -VaultParameters @{ Account = $account.clientId }
            Register-SecretVault Here -ModuleName $moduleFolder -VaultParameters @{ Server = $server.Url; Account = 'pbkdf2@example.org' }
            Register-SecretVault There -ModuleName $moduleFolder -VaultParameters @{ SERVER = "$($elsewhere.Url)/" }
            Register-SecretVault Nobody -ModuleName $moduleFolder -VaultParameters @{ Account = 'nobody@example.org' }
            Register-SecretVault Typo -ModuleName $moduleFolder -VaultParameters @{ Acount = 'argon2@example.org' }
            Register-SecretVault Date -ModuleName $moduleFolder -VaultParameters @{ Account = '2024-05-06T07:08:09' }
            Register-SecretVault Number -ModuleName $moduleFolder -VaultParameters @{ Account = 42 }
            Register-SecretVault Array -ModuleName $moduleFolder -VaultParameters @{ Account = 'a@example.org', 'b@example.org' }
            $private = Connect-TestAccount $server argon2@example.org -Unlock -More @{ Private = $true }
            $result = @{ Private = Get-Problem { Get-Secret prod-sql -Vault Any }; PrivateNamed = Get-Problem { Get-Secret prod-sql -Vault Argon } }
            Disconnect-BwSession $private
            $null = Connect-TestAccount $server -Unlock
            $result.OnlyOne = Read-From Any
            $null = Connect-TestAccount $server argon2@example.org -Unlock
            $result.Ambiguous = Get-Problem { Get-Secret prod-sql -Vault Any }
            $result.Argon = Read-From Argon
            $result.Lower = Read-From Lower
            $result.ById = Read-From ById
            $null = Connect-TestAccount $elsewhere -Unlock
            $null = Invoke-TestServer $elsewhere POST '/accounts/pbkdf2@example.org/items' @{ name = 'only there'; username = 'u'; password = 'There!' }
            Sync-BwVault
            $result.There = Get-Secret 'only there' -Vault There -AsPlainText | ForEach-Object { $_.GetNetworkCredential().Password }
            $result.Here = Get-Problem { Get-Secret 'only there' -Vault Here }
            $result.ByIdTwoServers = Get-Problem { Get-Secret prod-sql -Vault ById }
            foreach ($name in 'Nobody', 'Typo', 'Date', 'Number', 'Array') { $result[$name] = Get-Problem { Test-SecretVault $name } }
            $result.TypoGet = Get-Problem { Get-Secret prod-sql -Vault Typo }
            $result.Good = Get-Problem { Test-SecretVault Argon }
            $result
        }
        $result = $run.Result
    }

    AfterAll {
        Stop-TestServer $second
    }

    It 'a registration that names no account uses the only session' {
        $result.OnlyOne | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'a registration that names no account fails with the candidates when there are several sessions' {
        $result.Ambiguous.Values | Should -BeNullOrEmpty
        $result.Ambiguous.Messages | Should -BeLike '*Several sessions could serve this vault: pbkdf2@example.org on *, argon2@example.org on *'
    }

    It 'SecretManagement fact 2: Account selects the session by e-mail' {
        $result.Argon | Should -BeExactly 'Sql-Pr0d!7f3K-argon2'
    }

    It 'Account selects the session by client id' {
        $result.ById | Should -BeExactly 'Sql-Pr0d!7f3K-pbkdf2'
    }

    It 'SecretManagement fact 24: the case of parameter names and values does not matter' {
        $result.Lower | Should -BeExactly 'Sql-Pr0d!7f3K-argon2'
    }

    It 'Server selects the session' {
        $result.There | Should -BeExactly 'There!'
        $result.Here.Ids | Should -Be 'GetSecretNotFound,Microsoft.PowerShell.SecretManagement.GetSecretCommand'
    }

    It 'one account on two servers is ambiguous without Server' {
        $result.ByIdTwoServers.Messages | Should -BeLike '*Several sessions could serve this vault*'
    }

    It 'a private session is invisible, named or not' {
        $result.Private.Messages | Should -BeLike 'No session is connected in this process.*'
        $result.PrivateNamed.Messages | Should -BeLike 'No session of argon2@example.org is connected in this process.*'
        $result.Private.Values + $result.PrivateNamed.Values | Should -BeNullOrEmpty
    }

    It 'Test-SecretVault is true for a good registration' {
        $result.Good.Values | Should -Be $true
    }

    It 'Test-SecretVault is false for an account that is not connected' {
        $result.Nobody.Values | Should -Be $false
        $result.Nobody.Ids | Should -BeLike 'NotConnected*'
    }

    It 'SecretManagement fact 24: Test-SecretVault names a parameter that does not exist' {
        $result.Typo.Values | Should -Be $false
        $result.Typo.Ids | Should -BeLike 'InvalidVaultParameter*'
        $result.Typo.Messages | Should -BeLike "*'Acount' is not a parameter*"
        $result.TypoGet.Messages | Should -BeLike "*'Acount' is not a parameter*"
    }

    It 'SecretManagement fact 23: Test-SecretVault names a parameter that is no text: <Name>' -TestCases @(
        @{ Name = 'Date'; Type = 'DateTime' }
        @{ Name = 'Number'; Type = 'Int64' }
        @{ Name = 'Array'; Type = '*' }
    ) {
        $result.$Name.Values | Should -Be $false
        $result.$Name.Ids | Should -BeLike 'InvalidVaultParameter*'
        $result.$Name.Messages | Should -BeLike "*Account must be text*$Type*"
    }
}

Describe 'SecretManagement: other runspaces and completion' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            $job = Start-ThreadJob { (Get-Secret prod-sql -Vault Work).UserName } | Receive-Job -Wait -AutoRemoveJob
            $parallel = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel { (Get-Secret prod-sql -Vault Work).UserName }
            $console = (Get-Secret prod-sql -Vault Work).UserName
            Clear-ServerRequest $server
            function Get-Completion([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
            $unlocked = Get-Completion 'Get-Secret -Name prod-'
            $requests = @(Get-ServerRequest $server).Count
            Lock-BwVault
            $Error.Clear()
            $locked = Get-Completion 'Get-Secret -Name prod-'
            @{
                Job = $job; Parallel = @($parallel); Console = $console; Unlocked = @($unlocked)
                Locked = @($locked | Where-Object { $_ -match 'prod' }); Requests = $requests
            }
        }
        $result = $run.Result
    }

    It 'SecretManagement fact 1: a thread job and -Parallel read through the one runspace of SecretManagement' {
        $result.Job | Should -Be 'sql_admin'
        $result.Parallel | Should -Be 'sql_admin', 'sql_admin', 'sql_admin'
    }

    It 'SecretManagement fact 6: after a thread job made the first call of all, the console reads through another runspace' {
        $result.Console | Should -Be 'sql_admin'
    }

    It 'SecretManagement fact 13: completion gives names, and asks the server nothing' {
        $result.Unlocked | Sort-Object | Should -Be 'prod-api', 'prod-sql', 'prod-web'
        $result.Requests | Should -Be 0
    }

    It 'SecretManagement fact 13: completion is silent and empty when locked' {
        $result.Locked | Should -BeNullOrEmpty
        $run.Output + $run.ErrorOutput | Should -BeNullOrEmpty
    }
}

Describe 'SecretManagement: a server that hangs' {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            Add-Fault $server /api Hang
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $value = Get-Secret 'with attachment#attachment:cert.pfx' -Vault Work -ErrorAction SilentlyContinue -ErrorVariable failures
            $seconds = $clock.Elapsed.TotalSeconds
            $clock.Restart()
            $user = (Get-Secret prod-sql -Vault Work).UserName
            $listed = @(Get-SecretInfo -Vault Work).Count
            @{
                Value = $value; Seconds = $seconds; Messages = @($failures | ForEach-Object ToString); User = $user; Listed = $listed
                Memory = $clock.Elapsed.TotalSeconds
            }
        }
        Clear-Fault $server
    }

    # The engine itself would wait for a minute.
    It 'SecretManagement fact 29: a read of an attachment ends with our error, long before the engine would give up' {
        $run.Result.Seconds | Should -BeGreaterThan 5
        $run.Result.Seconds | Should -BeLessThan 50
        $run.Result.Messages | Should -Be 'The vault Work gave no answer within 10 seconds.'
        $run.Result.Value | Should -BeNullOrEmpty
    }

    It 'SecretManagement fact 29: reads from memory go on' {
        $run.Result.User | Should -Be 'sql_admin'
        $run.Result.Listed | Should -BeGreaterThan 25
        $run.Result.Memory | Should -BeLessThan 10
    }
}

Describe 'SecretManagement: Unlock-SecretVault on a slow line' {
    It 'has longer than the ten seconds of a read' {
        $run = Invoke-FreshPwsh -Server $server {
            $session = Connect-TestAccount $server
            Register-SecretVault Work -ModuleName $moduleFolder
            Add-Fault $server /api/sync SlowHeaders @{ delayMilliseconds = 11000; times = 1 }
            Unlock-SecretVault Work -Password (Get-MasterPassword)
            @{ State = "$($session.State)"; Errors = @($Error | ForEach-Object ToString) }
        }
        $run.Result.Errors | Should -BeNullOrEmpty
        $run.Result.State | Should -Be 'Unlocked'
    }
}
