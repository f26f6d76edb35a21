BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $WarningPreference = 'SilentlyContinue'
    $server = Start-TestServer
    # OSC 52 writes to the clipboard; the others are commands of agents, and text that runs backwards.
    $hostile = "`e]52;c;eA==`a##vso[task.setvariable variable=a]b`u{202e}gpj.exe`u{9b}31m"
    # Without what wildcards are made of.
    $plain = "`e\52;c`a`u{202e}gpj.exe`u{9b}31m"
    $command = '::set-env name=a::b'
    foreach ($name in $hostile, $command, ("x" * 60 + " $command" * 4)) {
        $item = @{ name = $name; username = $hostile; password = $hostile; folder = $hostile }
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' $item
    }
    $session = Connect-TestAccount $server -Unlock
    $active = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|##vso\['
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'What others wrote' {
    It 'is inert in <View>, and begins no line' -ForEach @(
        @{ View = 'the table of items'; Show = { Get-BwItem | Out-String -Width 160 } }
        @{ View = 'a narrow table of items'; Show = { Get-BwItem | Out-String -Width 60 } }
        @{ View = 'the list of an item'; Show = { Get-BwItem | Format-List | Out-String -Width 160 } }
        @{ View = 'a narrow list of an item'; Show = { 20..80 | ForEach-Object { Get-BwItem | Format-List | Out-String -Width $_ } } }
    ) {
        $text = & $Show | Out-String
        $text | Should -Not -Match $active
        $text | Should -Match '\\u001B'
        $text -split '\r?\n' | Where-Object { $_ -match '^\s*(::|##)' } | Should -BeNullOrEmpty
    }

    It 'stays as it is in the properties and in the value' {
        (Get-BwItem | Where-Object Name -EQ $hostile).Name | Should -BeExactly $hostile
        Get-BwSecret $hostile -AsPlainText | Should -BeExactly $hostile
    }

    It 'is inert and short in an error: <Case>' -ForEach @(
        @{ Case = 'no such item'; Do = { Get-BwItem "no $plain" -ErrorAction Stop } }
        @{ Case = 'no such secret'; Do = { Get-BwSecret "no $hostile" -ErrorAction Stop } }
        @{ Case = 'no such value'; Do = { Get-BwItem | Where-Object Name -EQ $hostile | Get-BwSecret -Selector "no $hostile" -ErrorAction Stop } }
        @{ Case = 'no password'; Do = { Get-BwItem | Where-Object Name -EQ $hostile | Get-BwSecret -Selector username -AsCredential -ErrorAction Stop } }
        @{ Case = 'a pattern'; Do = { Get-BwItem "[$plain" -ErrorAction Stop } }
        @{ Case = 'a session'; Do = { Get-BwItem -Session "no $hostile" } }
        @{ Case = 'a name of sessions'; Do = { Get-BwSession "no $plain" -ErrorAction Stop } }
        @{ Case = 'a file'; Do = { Test-BwConnection $server.Url -CertificateAuthority "no $hostile" } }
        @{ Case = 'a megabyte'; Do = { Get-BwSecret ('x' * 1MB) -ErrorAction Stop } }
    ) {
        $failure = try { $null = & $Do } catch { $_ }
        $failure | Should -Not -BeNullOrEmpty
        $failure.Exception.Message | Should -Not -Match $active
        $failure.Exception.Message.Length | Should -BeLessThan 2000
        $failure.CategoryInfo.TargetName | Should -Not -Match $active
        ($failure.CategoryInfo.TargetName ?? '').Length | Should -BeLessThan 300
        foreach ($ErrorView in 'ConciseView', 'NormalView') {
            $failure | Out-String -Width 200 | ForEach-Object { $_ -replace [regex]::Escape($failure.InvocationInfo.Line) } | Should -Not -Match $active
        }
    }

    It 'is inert in completion, and what is completed is found again' {
        $results = (TabExpansion2 'Get-BwItem ' 11).CompletionMatches
        $results.Count | Should -BeGreaterThan 5
        $results.CompletionText + $results.ListItemText + $results.ToolTip | Where-Object { $_ -match $active } | Should -BeNullOrEmpty
        $mine = $results | Where-Object ListItemText -Like '\u001B*'
        $mine.CompletionText.StartsWith('"`u{1b}') | Should -BeTrue
        (& ([scriptblock]::Create("Get-BwItem $($mine.CompletionText)"))).Name | Should -BeExactly $hostile
        $folders = (TabExpansion2 'Get-BwItem -Folder ' 19).CompletionMatches
        $folders.CompletionText + $folders.ListItemText + $folders.ToolTip | Where-Object { $_ -match $active } | Should -BeNullOrEmpty
    }
}
