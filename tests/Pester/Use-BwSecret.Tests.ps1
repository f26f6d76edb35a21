BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    $noTerminal = -not (Test-Terminal)
    # In the long form 1000. Read before the variables of the machine are taken away.
    $runs = if ($env:BW_TEST_RUNS) { [int]$env:BW_TEST_RUNS } else { 20 }
    $typed = if ($env:BW_TEST_RUNS) { $runs } else { 5 }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $user = @{ USED = 'bw://Work/prod-sql#username' }
    $password = 'Sql-Pr0d!7f3K-pbkdf2'
    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-use-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory $folder
    $pwsh = [Environment]::ProcessPath
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    Remove-Item $folder -Recurse -Force
    Remove-Item Env:USED, Env:OTHER -ErrorAction Ignore
}

Describe 'Use-BwSecret -Environment' {
    AfterEach {
        Remove-Item Env:USED, Env:OTHER -ErrorAction Ignore
    }

    It 'sets the variables for the block and its programs, and takes them away again' {
        $seen = Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql#username'; OTHER = 'bw://Work/prod-sql' } {
            $env:USED
            & $pwsh -NoProfile -Command '"$env:USED $env:OTHER"'
        }
        $seen | Should -BeExactly 'sql_admin', "sql_admin $password"
        Test-Path Env:USED | Should -BeFalse
        Test-Path Env:OTHER | Should -BeFalse
    }

    It 'puts back what was there, also when the block changed it' {
        $env:USED = 'before'
        Use-BwSecret -Environment $user { $env:USED = 'changed' }
        $env:USED | Should -BeExactly 'before'
        Use-BwSecret -Environment $user { Remove-Item Env:USED }
        $env:USED | Should -BeExactly 'before'
    }

    It 'nests' {
        $seen = Use-BwSecret -Environment $user {
            Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql#environment' } { $env:USED }
            $env:USED
        }
        $seen | Should -BeExactly 'production', 'sql_admin'
        Test-Path Env:USED | Should -BeFalse
    }

    It 'writes what the block writes, at once and as it is' {
        $first = Use-BwSecret -Environment $user { 1..1000; 'end' } | Select-Object -First 2
        $first | Should -Be 1, 2
        Test-Path Env:USED | Should -BeFalse
        $objects = @(Use-BwSecret -Environment $user { [pscustomobject]@{ A = 1 }; , @(1, 2); $null })
        $objects.Count | Should -Be 3
        $objects[0].A | Should -Be 1
        $objects[1] | Should -Be 1, 2
        $output = Use-BwSecret -Environment $user { 'out'; Write-Error 'wrong'; Write-Warning 'careful'; Write-Information 'told' } *>&1
        $output | ForEach-Object { $_.GetType().Name } | Should -Be 'String', 'ErrorRecord', 'WarningRecord', 'InformationRecord'
        $output[1].FullyQualifiedErrorId | Should -Be 'Microsoft.PowerShell.Commands.WriteErrorException'
    }

    It 'loses no error with 2>&1' {
        $output = Use-BwSecret -Environment $user { & $pwsh -NoProfile -Command '[Console]::Error.WriteLine("e")'; Write-Error 'wrong' } 2>&1
        "$output" | Should -Be 'e wrong'
        $output = Use-BwSecret -Variable @{ secret = 'bw://Work/prod-sql' } { Write-Error 'wrong' } 2>&1
        "$output" | Should -Be 'wrong'
        $null = Use-BwSecret -Environment $user { Write-Error 'wrong' } -ErrorVariable failures -ErrorAction SilentlyContinue 2>$null
        "$failures" | Should -Be 'wrong'
    }

    It 'leaves the exit code of a program as it is' {
        Use-BwSecret -Environment $user { & $pwsh -NoProfile -Command 'exit 7' }
        $LASTEXITCODE | Should -Be 7
    }

    It 'leaves $_, $args and variables of the caller to the block, which has a scope of its own' {
        $mine = 'mine'
        $both = @{ Environment = $user; Variable = @{ secret = 'bw://Work/prod-sql' } }
        $seen = 'piped' | ForEach-Object { Use-BwSecret @both { "$_ $mine $($args.Count)"; $mine = 'x' } }
        $seen | Should -Be 'piped mine 0'
        $mine | Should -Be 'mine'
    }

    It 'an error that ends the block is its own' {
        $failure = try { Use-BwSecret -Environment $user { throw [IO.FileNotFoundException]::new('gone') } } catch { $_ }
        $failure.Exception | Should -BeOfType IO.FileNotFoundException
        $failure = try { Use-BwSecret -Environment $user { Get-Item /no/such/file -ErrorAction Stop } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
    }

    It 'takes a SecureString' {
        Use-BwSecret -Environment @{ USED = ConvertTo-TestSecret 'mine' } { $env:USED } | Should -BeExactly 'mine'
        Use-BwSecret -Environment @{ USED = Get-BwSecret prod-sql } { $env:USED } | Should -BeExactly $password
    }

    It 'refuses the name <Name>' -TestCases @(
        @{ Name = '' }, @{ Name = ' ' }, @{ Name = 'A=B' }, @{ Name = '=C:' }, @{ Name = "A`0B" }, @{ Name = "A`nB" }
    ) {
        { Use-BwSecret -Environment @{ $Name = 'bw://Work/prod-sql' } { throw 'ran' } } |
            Should -Throw -ErrorId 'EnvironmentNameInvalid,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
    }

    It 'refuses <What> as a value, and does not repeat it' -TestCases @(
        @{ What = 'text'; Value = 'hunter2' }
        @{ What = 'null'; Value = $null }
        @{ What = 'a number'; Value = 42 }
        @{ What = 'a list'; Value = 'bw://Work/prod-sql', 'hunter2' }
        @{ What = 'an empty secret'; Value = [securestring]::new() }
    ) {
        $failure = try { Use-BwSecret -Environment @{ USED = $Value } { throw 'ran' } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'EnvironmentValueInvalid,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
        "$failure" | Should -Not -Match 'hunter2|42'
    }

    It 'refuses a value with U+0000 or one that no program can start with' {
        foreach ($value in "a`0b", ('ü' * 64KB)) {
            $failure = try { Use-BwSecret -Environment @{ OTHER = 'bw://Work/prod-sql'; USED = ConvertTo-TestSecret $value } { throw 'ran' } } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -Be 'EnvironmentValueInvalid,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
            Test-Path Env:OTHER | Should -BeFalse
        }
    }

    It 'runs nothing and sets nothing when a reference gives no value, and names each' {
        $wanted = @{ USED = 'bw://Work/prod-sql'; OTHER = 'bw://nowhere'; THIRD = 'bw://Work/prod-sql#zip'; FOURTH = 'bw://a%zz' }
        $failure = try { Use-BwSecret -Environment $wanted { throw 'ran' } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'ReferencesUnresolved,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
        $failure.Exception.Failures.Place | Sort-Object | Should -Be 'FOURTH', 'OTHER', 'THIRD'
        $failure.Exception.Failures.Failure.Code | Sort-Object | Should -Be 'InvalidReference', 'ItemNotFound', 'SecretNotFound'
        Test-Path Env:USED | Should -BeFalse
    }

    It 'is refused while another runspace has set the variable' {
        $moduleFolder = Get-ModuleFolder
        $seen = Use-BwSecret -Environment $user {
            1 | ForEach-Object -Parallel {
                Import-Module $using:moduleFolder
                try { Use-BwSecret -Session $using:session -Environment $using:user { 'ran' } } catch { $_.FullyQualifiedErrorId }
                Use-BwSecret -Session $using:session -Environment @{ OTHER = 'bw://Work/prod-sql#username' } { [Environment]::GetEnvironmentVariable('OTHER') }
            }
        }
        $seen | Should -Be 'EnvironmentInUse,Bitwarden.PowerShell.Commands.UseBwSecretCommand', 'sql_admin'
        Use-BwSecret -Environment $user { 'again' } | Should -Be 'again'
    }

    It 'wants something to set' {
        { Use-BwSecret { throw 'ran' } } | Should -Throw -ErrorId 'NothingToSet,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
    }
}

Describe 'Use-BwSecret puts the environment back in <Runs> runs each' -ForEach @{ Runs = $runs; Stops = $typed } {
    BeforeAll {
        $env:USED = 'before'
        $file = Join-Path $folder exit.ps1
        Set-Content $file "Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql#username' } { `$script:inside = `$env:USED; exit 3 }"
        function Start-Block([string] $Block) {
            $shell = [powershell]::Create()
            $shell.Runspace.SessionStateProxy.SetVariable('s', $session)
            $shell.Runspace.SessionStateProxy.SetVariable('user', $user)
            $null = $shell.AddScript("Import-Module '$(Get-ModuleFolder)'; Use-BwSecret -Session `$s -Environment `$user { $Block }")
            $run = $shell.BeginInvoke()
            Wait-Until { $env:USED -ceq 'sql_admin' -or $run.IsCompleted } -What 'the block'
            $env:USED | Should -BeExactly 'sql_admin'
            $shell
        }
    }

    AfterAll {
        Remove-Item Env:USED
    }

    It 'that end by <Way>' -ForEach @(
        @{ Way = 'themselves'; Run = { Use-BwSecret -Environment $user { $env:USED } } }
        @{ Way = 'return'; Run = { Use-BwSecret -Environment $user { $env:USED; return; throw 'never' } } }
        @{ Way = 'throw'; Run = { try { Use-BwSecret -Environment $user { $env:USED; throw 'x' } } catch { $null = $_ } } }
        @{ Way = 'an error that stops'; Run = { try { Use-BwSecret -Environment $user { $env:USED; Write-Error x -ErrorAction Stop } } catch { $null = $_ } } }
        @{ Way = 'break'; Run = { foreach ($i in 1..3) { Use-BwSecret -Environment $user { $env:USED; break } } } }
        @{ Way = 'continue'; Run = { foreach ($i in 1..1) { Use-BwSecret -Environment $user { $env:USED; continue } } } }
        @{ Way = 'a pipeline that has enough'; Run = { Use-BwSecret -Environment $user { $env:USED; 2; 3 } | Select-Object -First 1 } }
        @{ Way = 'exit'; Run = { & $file; if ($LASTEXITCODE -eq 3) { 'sql_admin' } } }
    ) {
        foreach ($i in 1..$Runs) {
            @(& $Run) | Should -Be 'sql_admin'
            $env:USED | Should -BeExactly 'before'
        }
    }

    It 'that are stopped' {
        foreach ($i in 1..$Stops) {
            $shell = Start-Block 'Start-Sleep 60'
            $shell.Stop()
            $env:USED | Should -BeExactly 'before'
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'whose runspace is closed' {
        foreach ($i in 1..$Stops) {
            $shell = Start-Block $(if ($i -eq 2) { "& '$pwsh' -NoProfile -Command 'Start-Sleep 60'" } else { 'Start-Sleep 60' })
            $shell.Runspace.Close()
            $env:USED | Should -BeExactly 'before'
            $shell.Dispose()
        }
    }
}

Describe 'Ctrl+C at a terminal (skipped where util-linux''s script is missing)' -Skip:$noTerminal -ForEach @{ Runs = $typed } {
    BeforeAll {
        # A prompt that says how it is before each command; each run is a child that says what it sees, and is stopped there. It speaks from beside the
        # program that is stopped: a shell that has just spoken and is about to start that program loses the signal.
        $dialog = foreach ($i in 1..$Runs) { "state=before\.$i>", "go $i"; "ready-$i-sql_admin", "`u{3}" }
        $dialog += "state=before\.$($Runs + 1)>", 'exit'
        $run = Invoke-FreshPwsh -Server $server -Seconds (60 + $Runs * 3) -PowerShellOption '-NoExit' -Dialog $dialog {
            $null = Connect-TestAccount $server -Unlock
            $env:USED = 'before'
            $env:RUN = 0
            function global:prompt { "state=$env:USED.$(1 + $env:RUN)>" }
            function global:PSConsoleHostReadLine { [Console]::In.ReadLine() }
            function global:go($Number) {
                $env:RUN = $Number
                Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql#username' } { sh -c "(sleep 0.3; echo ready-$Number-`$USED) & exec sleep 60" }
            }
            Remove-Module PSReadLine -ErrorAction Ignore
        }
    }

    It 'puts the environment back each time' {
        [regex]::Matches($run.Output, 'state=(\w*)\.').Value | Sort-Object -Unique | Should -Be 'state=before.'
        $run.Output | Should -Match "ready-$Runs-sql_admin"
    }
}

Describe 'Use-BwSecret -FromEnvironment and -EnvFile' {
    AfterEach {
        Remove-Item Env:USED, Env:OTHER, Env:PLAIN -ErrorAction Ignore
    }

    It 'resolves each variable that is a reference' {
        $env:USED = 'bw://Work/prod-sql#username'
        $env:OTHER = 'see bw://Work/prod-sql'
        Use-BwSecret -FromEnvironment { "$env:USED, $env:OTHER" } | Should -BeExactly 'sql_admin, see bw://Work/prod-sql'
        $env:USED | Should -BeExactly 'bw://Work/prod-sql#username'
    }

    It 'reads a file, of which only references are secrets' {
        $file = Join-Path $folder '.env'
        Set-Content $file "# for the tests`r`nexport USED='bw://Work/prod-sql#username'`r`nOTHER=bw://Work/prod-sql # note`r`nPLAIN=literal" -Encoding utf8BOM
        Use-BwSecret -EnvFile $file { "$env:USED, $env:OTHER, $env:PLAIN" } | Should -BeExactly "sql_admin, $password, literal"
        Test-Path Env:PLAIN | Should -BeFalse
    }

    It 'says which line is wrong' {
        $file = Join-Path $folder 'wrong.env'
        Set-Content $file "A=b`nhunter2"
        $failure = try { Use-BwSecret -EnvFile $file { throw 'ran' } } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'EnvFileInvalid,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
        "$failure" | Should -BeLike 'wrong.env, line 2: *'
        "$failure" | Should -Not -Match hunter2
        Set-Content $file "`nUSED=bw://nowhere"
        { Use-BwSecret -EnvFile $file { throw 'ran' } } | Should -Throw '*USED (wrong.env, line 2): *nowhere*'
    }

    It 'what is said more exactly counts' {
        $file = Join-Path $folder 'order.env'
        Set-Content $file "USED=from file`nOTHER=from file`nOTHER=last"
        $env:USED = 'bw://Work/prod-sql#password'
        Use-BwSecret -FromEnvironment -EnvFile $file { "$env:USED $env:OTHER" } | Should -BeExactly 'from file last'
        Use-BwSecret -FromEnvironment -EnvFile $file -Environment $user { "$env:USED $env:OTHER" } | Should -BeExactly 'sql_admin last'
    }
}

Describe 'Use-BwSecret -Variable' {
    It 'gives SecureStrings to the block alone, and a file as bytes' {
        $seen = Use-BwSecret -Variable @{ secret = 'bw://Work/prod-sql'; file = 'bw://with%20attachment#attachment:cert.pfx' } {
            [Net.NetworkCredential]::new('', $secret).Password
            $file.GetType().Name
            Test-Path Env:secret
        }
        $seen | Should -Be $password, 'Byte[]', $false
        $secret | Should -BeNullOrEmpty
    }

    It 'reaches a block of a module, and one that a module was given' {
        $module = New-Module {
            function Use-Own { Use-BwSecret -Variable @{ secret = 'bw://Work/prod-sql' } { $secret.Length } }
            function Use-Given([scriptblock] $Block) { Use-BwSecret -Variable @{ secret = 'bw://Work/prod-sql' } $Block }
        }
        & $module { Use-Own } | Should -Be $password.Length
        & $module { param($block) Use-Given $block } { $secret.Length; $leftOver = 1 } | Should -Be $password.Length
        $leftOver | Should -BeNullOrEmpty
    }

    It 'refuses the name <Name>' -TestCases @(
        @{ Name = '' }, @{ Name = '_' }, @{ Name = 'args' }, @{ Name = 'global:x' }, @{ Name = '1a' }, @{ Name = 'a b' }, @{ Name = 'env:X' }
    ) {
        { Use-BwSecret -Variable @{ $Name = 'bw://Work/prod-sql' } { throw 'ran' } } |
            Should -Throw -ErrorId 'EnvironmentNameInvalid,Bitwarden.PowerShell.Commands.UseBwSecretCommand'
    }

    It 'runs no block without a variable that cannot be set' {
        { Use-BwSecret -Variable @{ true = 'bw://Work/prod-sql' } -Environment $user { throw 'ran' } } | Should -Throw -ErrorId 'VariableNotWritable,*'
        Test-Path Env:USED | Should -BeFalse
    }
}

Describe 'Use-BwSecret -MaskOutput' {
    It 'takes values out of what programs print, whatever the pieces' {
        $output = Use-BwSecret -MaskOutput -Environment @{ USED = 'bw://Work/prod-sql'; OTHER = 'bw://recovery%20codes' } {
            & $pwsh -NoProfile -Command '[Console]::Write($env:USED.Substring(0, 5)); Start-Sleep -Milliseconds 50
                [Console]::WriteLine($env:USED.Substring(5)); [Console]::WriteLine("<$env:USED$env:USED>"); [Console]::WriteLine($env:OTHER)
                [Console]::Error.WriteLine("e $env:USED"); exit 5'
            [pscustomobject]@{ A = 1 }
        } 2>&1
        $LASTEXITCODE | Should -Be 5
        @($output | Where-Object { $_ -is [string] }) | Should -BeExactly '***', '<***>', '***', '***', '***'
        $failure = $output | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
        "$failure" | Should -Be 'e ***'
        ($failure | Format-List * -Force | Out-String -Width 5000) + "$($failure.TargetObject)" | Should -Not -Match ([regex]::Escape($password))
        ($output | Where-Object A).A | Should -Be 1
    }

    It 'warns of values that are too short to be looked for' {
        $warning = Use-BwSecret -MaskOutput -Environment @{ USED = ConvertTo-TestSecret 'abc' } { 'abcd' } 3>&1
        "$($warning[0])" | Should -BeLike "'USED' is not hidden*"
        $warning[1] | Should -BeExactly 'abcd'
    }
}

Describe 'Where values are while a block runs (on Linux)' -Skip:(-not $IsLinux) {
    It 'no process has them on its command line, and no file in the folder for temporary files' {
        $before = Get-ChildItem ([IO.Path]::GetTempPath()) -Force | ForEach-Object FullName
        $found = Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql' } {
            Get-ChildItem /proc/[0-9]*/cmdline | Where-Object { "$(Get-Content $_ -Raw -ErrorAction Ignore)".Contains($password) }
            # Other programs come and go there too; reading one of their pipes would wait for ever.
            Get-ChildItem ([IO.Path]::GetTempPath()) -Force -File -ErrorAction Ignore | Where-Object FullName -NotIn $before |
                Where-Object { $_.UnixStat.ItemType -eq 'File' } | Where-Object { "$(Get-Content $_ -Raw -ErrorAction Ignore)".Contains($password) }
        }
        $found | Should -BeNullOrEmpty
    }
}
