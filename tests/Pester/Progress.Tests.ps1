BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    $noTerminal = -not (Test-Terminal)
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/change-kdf' @{ type = 'Pbkdf2Sha256'; iterations = 2000000 }

    # Every call is slow; what it shows is collected from the stream of a pipeline on this process's host.
    $script = {
        $account = Get-TestAccount $server
        $secret = ConvertTo-TestSecret $account.clientSecret
        $password = Get-MasterPassword
        $runspace = [runspacefactory]::CreateRunspace($Host)
        $runspace.Open()
        $seen = [ordered]@{}
        function Add-Scene([string] $Name, [string] $Path, [scriptblock] $Script) {
            if ($Path) { Add-Fault $server $Path SlowHeaders @{ delayMilliseconds = 1500 } }
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $null = $shell.AddScript('param($folder, $server, $account, $secret, $password) $ProgressPreference = "Continue"; Import-Module $folder')
            $null = $shell.AddParameters(@($moduleFolder, $server, $account, $secret, $password)).AddStatement().AddScript("$Script")
            $failure = try { $null = $shell.Invoke() } catch { $_.Exception.InnerException.GetType().Name }
            $records = @($shell.Streams.Progress | Where-Object Activity -NotLike 'Preparing*')
            $seen[$Name] = @{
                Failure    = "$failure$($shell.Streams.Error)"
                Activities = @($records.Activity | Select-Object -Unique)
                Completed  = @($records | Where-Object RecordType -EQ Completed).Count
                Text       = "$($records.StatusDescription)"
            }
            $shell.Dispose()
            Clear-Fault $server
        }
        Add-Scene Login /identity/connect/token { $session = Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret }
        Add-Scene Stopped '' { Unlock-BwVault $password -ProgressAction Stop }
        Add-Scene State '' { if ((Get-BwSession).State -ne 'Locked') { throw 'It is unlocked.' } }
        Add-Scene NonInteractive '' { Unlock-BwVault $password -NonInteractive; Lock-BwVault }
        Add-Scene Derivation '' { Unlock-BwVault $password }
        Add-Scene Sync /api/sync { Sync-BwVault -Force }
        Add-Scene Download /api/ciphers { $null = Get-BwSecret 'with attachment#attachment:cert.pfx' }
        Add-Scene Upload /api/ciphers {
            $file = Join-Path $HOME upload.bin
            [IO.File]::WriteAllBytes($file, [byte[]]::new(100000))
            Add-BwAttachment token-only $file
        }
        Add-Scene Quick '' { Sync-BwVault; $null = Get-BwItem; $null = Get-BwSecret prod-sql; $null = Test-BwVault -WarningAction Ignore }
        $seen
    }
}

AfterAll {
    Stop-TestServer $server
}

Describe 'Progress at a terminal (skipped where util-linux''s script is missing)' -Skip:$noTerminal {
    BeforeAll {
        $run = Invoke-FreshPwsh $script -Server $server -Dialog @()
        $seen = $run.Result
    }

    It '<Scene> shows "<Activity>", and takes it away at the end' -TestCases @(
        @{ Scene = 'Login'; Activity = 'Logging in' }
        @{ Scene = 'Derivation'; Activity = 'Deriving the key from the master password' }
        @{ Scene = 'Sync'; Activity = 'Fetching the vault' }
        @{ Scene = 'Download'; Activity = 'Downloading the file' }
        @{ Scene = 'Upload'; Activity = 'Uploading the file' }
    ) {
        $seen.$Scene.Failure | Should -BeNullOrEmpty
        $seen.$Scene.Activities | Should -Contain $Activity
        $seen.$Scene.Completed | Should -Be 1
    }

    It 'what is quick shows none' {
        $seen.Quick.Failure | Should -BeNullOrEmpty
        $seen.Quick.Activities | Should -BeNullOrEmpty
    }

    It '-NonInteractive shows none' {
        $seen.NonInteractive.Failure | Should -BeNullOrEmpty
        $seen.NonInteractive.Activities | Should -BeNullOrEmpty
    }

    It 'a preference that stops at progress ends the cmdlet, and the vault stays locked' {
        $seen.Stopped.Failure | Should -Match 'ActionPreferenceStop'
        $seen.State.Failure | Should -BeNullOrEmpty
    }
}

Describe 'Progress where nobody watches' {
    It 'there is none' {
        $run = Invoke-FreshPwsh $script -Server $server
        foreach ($scene in $run.Result.PSObject.Properties) {
            $scene.Value.Activities | Should -BeNullOrEmpty -Because $scene.Name
        }
        $run.Result.Login.Failure | Should -BeNullOrEmpty
        $run.Result.Derivation.Failure | Should -BeNullOrEmpty
        $run.Result.Download.Failure | Should -BeNullOrEmpty
        $run.Result.Upload.Failure | Should -BeNullOrEmpty
    }
}
