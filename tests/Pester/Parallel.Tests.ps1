BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer '--large', '1000'
    $session = Connect-TestAccount $server large@example.org -Unlock
    $module = Get-ModuleFolder
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'ForEach-Object -Parallel with -Session' {
    It 'reads 1,000 secrets in 16 runspaces, each the right one' {
        $wrong = 1..1000 | ForEach-Object -ThrottleLimit 16 -Parallel {
            if (-not (Get-Module Bitwarden)) { Import-Module $using:module }
            $number = '{0:00000}' -f $_
            $value = Get-BwSecret "item-$number" -AsPlainText -Session $using:session
            if ($value -cne "pw-$number-large") { "item-${number}: $value" }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'reads a TOTP code, user name and item at the same time as a fetch' {
        $results = 1..64 | ForEach-Object -ThrottleLimit 8 -Parallel {
            if (-not (Get-Module Bitwarden)) { Import-Module $using:module }
            if ($_ % 16 -eq 0) { Sync-BwVault -Force -Session $using:session } else { (Get-BwItem item-00042 -Session $using:session).Username }
        }
        $results | Select-Object -Unique | Should -Be 'user-00042'
        @($results).Count | Should -Be 60
    }
}

Describe 'A new runspace' {
    It 'has no current session' {
        $ids = 1..4 | ForEach-Object -ThrottleLimit 2 -Parallel {
            if (-not (Get-Module Bitwarden)) { Import-Module $using:module }
            try { Get-BwItem } catch { $_.FullyQualifiedErrorId }
        }
        $ids | Select-Object -Unique | Should -Be 'NotConnected,Bitwarden.PowerShell.Commands.GetBwItemCommand'
    }

    It 'SecretManagement fact 3: of a thread job has no current session' {
        $job = Start-ThreadJob { Import-Module $using:module; Get-BwSession -Current }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeNullOrEmpty
    }

    It 'of a thread job takes -Session' {
        $job = Start-ThreadJob { Import-Module $using:module; Get-BwSecret item-00007 -AsPlainText -Session $using:session }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeExactly 'pw-00007-large'
    }
}

Describe 'A runspace that ForEach-Object -Parallel uses again' {
    BeforeAll {
        $seen = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
            if (-not (Get-Module Bitwarden)) { Import-Module $using:module }
            $current = Get-BwSession -Current
            Select-BwSession $using:session
            [pscustomobject]@{ Runspace = [runspace]::DefaultRunspace.InstanceId; Before = "$current"; After = "$(Get-BwSession -Current)" }
        }
    }

    It 'is the same one' {
        @($seen.Runspace | Select-Object -Unique).Count | Should -Be 1
    }

    It 'SecretManagement fact 4: iteration 2 has no current session when iteration 1 set one' {
        $seen.Before | Should -Be '', '', ''
        $seen.After | Should -Not -Contain ''
    }
}

Describe 'A runspace pool' {
    It 'SecretManagement fact 4: keeps the session of the user before, so that -Session is needed there' {
        $pool = [runspacefactory]::CreateRunspacePool(1, 1)
        $pool.Open()
        try {
            $seen = foreach ($script in "Import-Module '$module'; Select-BwSession large@example.org", 'Get-BwSession -Current') {
                $shell = [powershell]::Create()
                $shell.RunspacePool = $pool
                $shell.AddScript($script).Invoke()
                $shell.Dispose()
            }
            $seen.Account | Should -Be 'large@example.org'
        }
        finally {
            $pool.Dispose()
        }
    }
}

Describe 'Removing the module in one runspace' {
    BeforeAll {
        $account = Get-TestAccount $server
        $shell = [powershell]::Create()
        $theirs = $shell.AddScript("
            param(`$url, `$id, `$secret, `$password)
            Import-Module '$module'
            Connect-BwApiKey `$url -ClientId `$id -ClientSecret `$secret
            Unlock-BwVault `$password").AddParameters(@(
                $server.Url, $account.clientId, (ConvertTo-TestSecret $account.clientSecret), (Get-MasterPassword))).Invoke()[0]
        $before = "$($theirs.State)"
        $shell.Commands.Clear()
        $null = $shell.AddScript('Remove-Module Bitwarden').Invoke()
    }

    AfterAll {
        $shell.Dispose()
        $theirs.Dispose()
    }

    It 'locks what that runspace connected' {
        $before | Should -Be 'Unlocked'
        $theirs.State | Should -Be 'Locked'
    }

    It 'locks nothing of another runspace' {
        $session.State | Should -Be 'Unlocked'
    }
}

Describe 'Many runspaces whose session''s token runs out' {
    BeforeAll {
        $null = Invoke-TestServer $server POST /token-lifetime @{ seconds = 1 }
        $short = Connect-TestAccount $server -Unlock
        $null = Invoke-TestServer $server POST /token-lifetime @{ seconds = 3600 }
        Move-ServerClock $server -Seconds 2
        Clear-ServerRequest $server
        $barrier = [Threading.Barrier]::new(64)
        $lengths = 1..64 | ForEach-Object -ThrottleLimit 64 -Parallel {
            Import-Module $using:module
            $null = ($using:barrier).SignalAndWait(60000)
            (Get-BwSecret 'with attachment#attachment:cert.pfx' -Session $using:short).Length
        }
    }

    It 'cause one token request' {
        @(Get-TokenRequest $server).Count | Should -Be 1
    }

    It 'all get what they want' {
        @($lengths).Count | Should -Be 64
        @($lengths | Select-Object -Unique).Count | Should -Be 1
    }
}
