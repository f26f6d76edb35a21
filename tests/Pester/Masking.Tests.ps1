BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-mask-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory $folder
    $password = 'Sql-Pr0d!7f3K-pbkdf2'
    $canTryPrograms = -not $IsWindows

    # One process, as a step of GitHub Actions. What each part prints stands between two marks in its standard output.
    $run = Invoke-FreshPwsh -Server $server -Environment @{ GITHUB_ACTIONS = 'true'; CI = 'true' } -Arguments @{
        Folder = $folder; CanTryPrograms = $canTryPrograms
    } {
        $results = @{}
        function Test-Part([string] $Name, [scriptblock] $Part) {
            $Host.UI.WriteLine("<<$Name>>")
            $Error.Clear()
            $output = @(try { & $Part 3>&1 2>$null } catch { Write-Debug "$_" })
            $results[$Name] = @{
                Output   = @($output | Where-Object { $_ -isnot [Management.Automation.WarningRecord] } | ForEach-Object { "$_" })
                Warnings = @($output | Where-Object { $_ -is [Management.Automation.WarningRecord] } | ForEach-Object { "$_" })
                Errors   = @($Error | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            }
        }

        $null = Start-Transcript (Join-Path $arguments.Folder transcript.txt)
        $null = Connect-TestAccount $server -Unlock
        $null = New-BwItem 'short one' -Password (ConvertTo-TestSecret abc)
        Test-Part text { Get-BwSecret prod-sql -AsPlainText }
        Test-Part sealed { Get-BwSecret prod-sql }
        Test-Part 'sealed -Mask' { Get-BwSecret prod-sql -Mask }
        Test-Part 'credential -Mask' { Get-BwSecret prod-sql -AsCredential -Mask }
        Test-Part 'text -NoMask' { Get-BwSecret prod-sql -AsPlainText -NoMask }
        Test-Part lines { Get-BwSecret 'recovery codes' -AsPlainText }
        Test-Part 'user name' { Get-BwSecret prod-sql#username -AsPlainText }
        Test-Part 'user name -Mask' { Get-BwSecret prod-sql#username -AsPlainText -Mask }
        Test-Part short { Get-BwSecret 'short one' -AsPlainText }
        Test-Part file { Get-BwSecret 'with attachment#attachment:cert.pfx' | Select-Object -First 1 }
        Test-Part 'file -Mask' { Get-BwSecret 'with attachment#attachment:cert.pfx' -Mask }
        Test-Part code { (Get-BwTotp prod-sql -AsPlainText).Code }
        Test-Part passwords { New-BwPassword -AsPlainText -Count 2 }
        Test-Part passphrase { New-BwPassphrase -AsPlainText }
        Test-Part session { Export-BwSession -AsPlainText }
        Test-Part both { Get-BwSecret prod-sql -AsPlainText -Mask -NoMask }
        Test-Part unfinished { $Host.UI.Write('Password: '); Get-BwSecret prod-sql -AsPlainText }

        $BitwardenPreference = @{ MaskLog = 'Always' }
        Test-Part always { Get-BwSecret prod-sql -AsCredential }
        $BitwardenPreference = @{ MaskLog = 'Never' }
        Test-Part never { Get-BwSecret prod-sql -AsPlainText }
        Test-Part 'never -Mask' { Get-BwSecret prod-sql -AsPlainText -Mask }
        $BitwardenPreference = @{ MaskLog = 'Nevr' }
        Test-Part typo { Get-BwSecret prod-sql -AsPlainText }
        $BitwardenPreference = $null

        $env:TF_BUILD = 'True'
        Test-Part 'two agents' { 'prod-sql', 'prod-sql' | Get-BwSecret -AsPlainText }
        $env:GITHUB_ACTIONS = ''
        Test-Part azure { Get-BwSecret prod-sql -AsPlainText }
        $env:TF_BUILD = ''
        Test-Part 'no agent' { Get-BwSecret prod-sql -AsPlainText; Get-BwSecret prod-sql -AsPlainText -Mask }
        $env:GITLAB_CI = 'true'
        Test-Part gitlab { Get-BwSecret prod-sql -AsPlainText }
        Test-Part 'gitlab -Mask' { Get-BwSecret prod-sql -AsPlainText -Mask }
        $env:GITLAB_CI = ''

        if ($arguments.CanTryPrograms) {
            $env:BUILDKITE = 'true'
            Test-Part 'buildkite without its program' { Get-BwSecret prod-sql -AsPlainText }
            $program = Join-Path $arguments.Folder buildkite-agent
            [IO.File]::WriteAllText($program, "#!/bin/sh`nprintf '%s ' `"`$@`" > '$program.arguments'`ncat > '$program.input'`n")
            chmod +x $program
            $env:PATH = "$($arguments.Folder):$env:PATH"
            Test-Part buildkite { Get-BwSecret prod-sql -AsPlainText }
            [IO.File]::WriteAllText($program, "#!/bin/sh`nexit 1`n")
            Test-Part 'buildkite fails' { Get-BwSecret prod-sql -AsPlainText }
            Test-Part 'buildkite fails -Mask' { Get-BwSecret prod-sql -AsPlainText -Mask }
            $env:BUILDKITE = ''

            # Its output goes to a file, which no agent reads.
            $env:HANDOVER = Export-BwSession -AsPlainText
            $env:GITHUB_ACTIONS = 'true'
            $inner = "Import-Module '$moduleFolder'; `$null = Import-BwSession `$env:HANDOVER; (Get-BwSecret prod-sql -AsPlainText).Length"
            $inner += '; Get-BwSecret prod-sql -Mask'
            $file = Join-Path $arguments.Folder printed.txt
            $env:INNER = $inner
            sh -c "'$([Environment]::ProcessPath)' -NoProfile -Command `"`$INNER`" > '$file' 2>&1"
            $results.Printed = Get-Content $file -Raw
        }

        $env:GITHUB_ACTIONS = 'true'
        $results.JobHost = Start-Job { $Host.Name } | Receive-Job -Wait -AutoRemoveJob
        Test-Part rotation { (Reset-BwApiKey (Get-MasterPassword) -Confirm:$false).ClientSecret.RevealText() }
        $Host.UI.WriteLine('<<end>>')
        $null = Stop-Transcript
        $results
    }
    $parts = @{}
    foreach ($match in [regex]::Matches($run.Output, '(?s)<<([^>]+)>>\r?\n(.*?)(?=<<|\z)')) {
        $parts[$match.Groups[1].Value] = @($match.Groups[2].Value -split '\r?\n' | Where-Object { $_ })
    }

    function Get-Masked([string] $Part) {
        $command = '^(::add-mask::|##vso\[task\.setsecret\])'
        @($parts[$Part] | Where-Object { $_ -match $command } | ForEach-Object { $_ -replace $command })
    }
}

AfterAll {
    Stop-TestServer $server
    Remove-Item $folder -Recurse -Force
}

Describe 'A value on a build agent' {
    It '<_> is hidden before it is handed out' -ForEach 'text', 'sealed -Mask', 'credential -Mask', 'unfinished', 'always', 'never -Mask', 'azure' {
        Get-Masked $_ | Should -Be $password
        $run.Result.$_.Output.Count | Should -Be 1
        $run.Result.$_.Errors.Count + $run.Result.$_.Warnings.Count | Should -Be 0
    }

    It '<_> is not hidden' -ForEach 'sealed', 'text -NoMask', 'user name', 'never', 'no agent', 'gitlab', 'file' {
        @($parts[$_]).Count | Should -Be 0
        $run.Result.$_.Output.Count | Should -BeGreaterThan 0
        $run.Result.$_.Errors.Count + $run.Result.$_.Warnings.Count | Should -Be 0
    }

    It 'what <_> gives out as text is hidden' -ForEach 'code', 'passwords', 'passphrase', 'session', 'rotation', 'user name -Mask' {
        Get-Masked $_ | Should -Be $run.Result.$_.Output
    }

    It 'of several lines is hidden line by line' {
        Get-Masked lines | Select-Object -First 3 | Should -Be 'code-1 11111', 'code-2 22222', 'übrig-pbkdf2'
        (Get-Masked lines)[3] | Should -BeExactly 'code-1 11111%0Acode-2 22222%0Aübrig-pbkdf2'
    }

    It 'that is too short is handed out with a warning that names the item' {
        @($parts['short']).Count | Should -Be 0
        $run.Result.short.Output | Should -Be 'abc'
        $run.Result.short.Warnings | Should -BeLike "'short one' is not hidden in the log*"
    }

    It 'is not given out with <_>' -ForEach @(
        @{ Part = 'both'; Id = 'InvalidMasking' }, @{ Part = 'typo'; Id = 'InvalidMasking' }
        @{ Part = 'gitlab -Mask'; Id = 'LogMaskUnavailable' }, @{ Part = 'file -Mask'; Id = 'LogMaskUnavailable' }
    ) {
        $run.Result.$Part.Output.Count + @($parts[$Part]).Count | Should -Be 0
        $run.Result.$Part.Errors | Should -Contain $Id
    }

    It 'is not printed for two agents at once: one warning' {
        @($parts['two agents']).Count | Should -Be 0
        $run.Result.'two agents'.Output.Count | Should -Be 2
        $run.Result.'two agents'.Warnings.Count | Should -Be 1
    }

    It 'begins a line of its own' {
        $parts['unfinished'][0] | Should -BeExactly 'Password: '
    }

    It 'does not get into the transcript' {
        $transcript = Get-Content (Join-Path $folder transcript.txt) -Raw
        $transcript | Should -Match 'MaskLog of BitwardenPreference'
        $transcript.Contains('add-mask') -or $transcript.Contains($password) | Should -BeFalse
    }

    It 'is known to be in a job by the name of its host' {
        $run.Result.JobHost | Should -BeExactly ServerRemoteHost
    }

    It 'reaches the program of Buildkite through its input only' -Skip:$IsWindows {
        @($parts['buildkite']).Count | Should -Be 0
        Get-Content (Join-Path $folder buildkite-agent.arguments) | Should -Be 'redactor add --format json '
        (Get-Content (Join-Path $folder buildkite-agent.input) | ConvertFrom-Json).0 | Should -BeExactly $password
        $run.Result.buildkite.Warnings.Count | Should -Be 0
        foreach ($part in 'buildkite without its program', 'buildkite fails') {
            $run.Result.$part.Output | Should -Be $password
            $run.Result.$part.Warnings.Count | Should -Be 1
        }
        $run.Result.'buildkite fails -Mask'.Output.Count | Should -Be 0
        $run.Result.'buildkite fails -Mask'.Errors | Should -Contain LogMaskUnavailable
    }

    It 'is not printed into a file' -Skip:$IsWindows {
        $run.Result.Printed | Should -Not -BeLike '*add-mask*'
        $run.Result.Printed.Contains($password) | Should -BeFalse
        $run.Result.Printed | Should -BeLike '*Values are not hidden in the log of GitHub Actions: standard output is a file.*'
        $run.Result.Printed | Should -BeLike '*The value cannot be hidden in the log of GitHub Actions: standard output is a file.*'
    }
}
