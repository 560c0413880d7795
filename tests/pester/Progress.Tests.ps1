# The progress bar: who sees it, how often, and that it goes away however a pipeline ends.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    # A session of its own that somebody might watch: this one is started with -NonInteractive, where there is no bar.
    $script = {
        param($Manifest, $Requests)
        $ErrorActionPreference = 'Stop'
        Import-Module $Manifest
        . $Requests
        $slow = Open-LocalCluster -IngestionDelay '01:00:00'
        $connection = Connect-Adx -Local $slow.ClusterUri -WarningAction SilentlyContinue
        $null = New-AdxTable People 'Id:long'
        Set-Content "$env:ADXFLOW_TEST_DRIVE/a.csv" '1'

        # Runs a script in a runspace, and tells the progress records that its host got.
        function Measure-Progress([string] $Name, [string] $Text, [switch] $Stop) {
            $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            try {
                $null = $shell.AddScript('param($Manifest, $Connection, $Seen, $Drive) Import-Module $Manifest; ' + $Text)
                $null = $shell.AddParameters(@($Manifest, $connection, $shell.Streams.Progress, $env:ADXFLOW_TEST_DRIVE))
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $running = $shell.BeginInvoke()
                if ($Stop) {
                    Wait-Until { $shell.Streams.Progress.Count -ge 1 }
                    $shell.Stop()
                }
                else {
                    try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
                }
                $records = @($shell.Streams.Progress)
                [pscustomobject]@{
                    Name      = $Name
                    Seconds   = $clock.Elapsed.TotalSeconds
                    Shown     = @($records | Where-Object RecordType -EQ Processing).Count
                    Completed = @($records | Where-Object RecordType -EQ Completed).Count
                    Last      = "$($records[-1].RecordType)"
                    Activity  = "$($records[0].Activity)"
                    Status    = "$($records[0].StatusDescription)"
                    Percent   = $records[0].PercentComplete
                    State     = "$($shell.InvocationStateInfo.State)"
                }
            }
            finally {
                $shell.Runspace.Dispose()
                $shell.Dispose()
            }
        }

        $until = '& { $limit = [datetime]::UtcNow.AddSeconds(60); while ($Seen.Count -lt {0} -and [datetime]::UtcNow -lt $limit) { 1..2000 | ForEach-Object { [pscustomobject]@{ Id = $_ } } }; {1} } | Send-AdxData People -Connection $Connection'
        $results = @(
            Measure-Progress 'to its end' $until.Replace('{0}', '3').Replace('{1}', '')
            Measure-Progress 'to an error upstream' $until.Replace('{0}', '1').Replace('{1}', "throw 'upstream'")
            Measure-Progress 'to a break' ('foreach ($once in 1) { ' + $until.Replace('{0}', '1').Replace('{1}', 'break') + ' }')
            Measure-Progress 'to Ctrl+C' $until.Replace('{0}', '100').Replace('{1}', '') -Stop
            Measure-Progress 'rarely a row' '& { $limit = [datetime]::UtcNow.AddSeconds(60); while ($Seen.Count -lt 1 -and [datetime]::UtcNow -lt $limit) { [pscustomobject]@{ Id = 1 }; Start-Sleep -Milliseconds 100 } } | Send-AdxData People -Connection $Connection'
            Measure-Progress 'waiting' '[pscustomobject]@{ Id = 1 } | Send-AdxData People -Connection $Connection | Wait-AdxIngestion -Connection $Connection -Timeout 0:0:3'
            Measure-Progress 'sending and waiting' 'Send-AdxData People -Path "$Drive/a.csv" -Connection $Connection -Wait -Timeout 0:0:3'
            Measure-Progress 'silently' '$ProgressPreference = "SilentlyContinue"; [pscustomobject]@{ Id = 1 } | Send-AdxData People -Connection $Connection -Wait -Timeout 0:0:3'
            Measure-Progress 'by -ProgressAction' '[pscustomobject]@{ Id = 1 } | Send-AdxData People -Connection $Connection -Wait -Timeout 0:0:3 -ProgressAction SilentlyContinue'
        )
        $slow.Dispose()
        $results | ConvertTo-Json -Compress
    }
    $file = Join-Path $TestDrive 'progress.ps1'
    Set-Content $file "& {$script} @args"
    $env:ADXFLOW_TEST_DRIVE = $TestDrive
    try {
        $watched = @{}
        & pwsh -NoProfile -File $file $ModuleManifest "$PSScriptRoot/LocalRequests.ps1" | ConvertFrom-Json | ForEach-Object { $watched[$_.Name] = $_ }
    }
    finally {
        Remove-Item Env:/ADXFLOW_TEST_DRIVE
    }
}

Describe 'The progress of Send-AdxData' {
    It 'tells rows, megabytes, batches and rates' {
        $watched['to its end'].Activity | Should -BeExactly 'Sending to NetDefaultDB.People'
        $watched['to its end'].Status | Should -Match '^[\d,]+ rows, [\d,.]+ MB, \d+ batches accepted; [\d,]+ rows/s, [\d,.]+ MB/s$'
        $watched['to its end'].State | Should -Be 'Completed'
    }

    It 'comes at most once a second' {
        $watched['to its end'].Shown | Should -BeGreaterOrEqual 3
        $watched['to its end'].Shown | Should -BeLessOrEqual $watched['to its end'].Seconds
    }

    It 'comes too where a thousand rows take long' {
        $watched['rarely a row'].Shown | Should -BeGreaterThan 0
    }

    It 'goes away once, at last, when a pipeline comes <_>' -ForEach 'to its end', 'to an error upstream', 'to a break', 'to Ctrl+C' {
        $watched[$_].Shown | Should -BeGreaterThan 0
        $watched[$_].Completed | Should -Be 1
        $watched[$_].Last | Should -Be 'Completed'
    }
}

Describe 'The progress of waiting' {
    It 'tells how many batches are finished, and goes away: <_>' -ForEach 'waiting', 'sending and waiting' {
        $watched[$_].Activity | Should -BeExactly 'Waiting for the ingestion into NetDefaultDB.People'
        $watched[$_].Status | Should -BeExactly '0 of 1 batches finished, 0 of them refused'
        $watched[$_].Percent | Should -Be 0
        $watched[$_].Shown | Should -BeGreaterThan 0
        $watched[$_].Completed | Should -Be 1
        $watched[$_].Last | Should -Be 'Completed'
    }
}

Describe 'Where nobody wants to see it' {
    It 'nothing is shown: <_>' -ForEach 'silently', 'by -ProgressAction' {
        $watched[$_].Shown + $watched[$_].Completed | Should -Be 0
        $watched[$_].State | Should -Be 'Completed'
    }

    It 'nothing is shown, and nothing asked, in a session without a person' {
        $output = & pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; `$null = Connect-Adx -Local -WarningAction SilentlyContinue; `$shell = [powershell]::Create('CurrentRunspace'); `$null = `$shell.AddScript('& { [pscustomobject]@{ Id = 1 }; Start-Sleep 2; [pscustomobject]@{ Id = 2 } } | Send-AdxData People -CreateTable -Wait'); (`$shell.Invoke()).Status; `$shell.Streams.Progress.Count"
        $output | Should -Be 'Succeeded', '0'
    }
}
