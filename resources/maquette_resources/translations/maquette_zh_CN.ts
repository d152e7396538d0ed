<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Make pictures from prompts</source>
        <translation>用提示词生成图片</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Search, compare and export all pictures</source>
        <translation>搜索、对比和导出所有图片</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Choose, write and exchange looks for pictures</source>
        <translation>选择、编写和交换图片的风格</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>See what a picture carries and where it comes from</source>
        <translation>查看图片携带的信息及其来源</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Make the pictures that the panel describes</source>
        <translation>按面板中的描述生成图片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop the picture that is being made</source>
        <translation>停止正在生成的图片</translation>
    </message>
    <message>
        <source>Batch…</source>
        <translation>批量…</translation>
    </message>
    <message>
        <source>Queue all prompts of a file: a table, JSON lines, or text</source>
        <translation>将文件中的全部提示词排入队列：表格、JSON 行或文本</translation>
    </message>
    <message>
        <source>Live mode</source>
        <translation>实时模式</translation>
    </message>
    <message>
        <source>Let the picture follow the pen, or stop that</source>
        <translation>让图片跟随画笔，或停止跟随</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Make the live picture in full quality, and save it</source>
        <translation>以完整质量制作实时图片并保存</translation>
    </message>
    <message>
        <source>Board…</source>
        <translation>组图…</translation>
    </message>
    <message>
        <source>Make variants in rows and columns, with labels</source>
        <translation>按行列制作带标签的多种变体</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>Look at boards of variants, and export them as sheets</source>
        <translation>查看变体组图，并导出为版面</translation>
    </message>
    <message>
        <source>Board of styles…</source>
        <translation>风格组图…</translation>
    </message>
    <message>
        <source>See the prompt in several styles, or by several weights</source>
        <translation>用多种风格或多种权重查看提示词</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <source>Pause the queue after the current picture, or go on</source>
        <translation>当前图片完成后暂停队列，或继续</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Stop and drop everything in the queue</source>
        <translation>停止并清空整个队列</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败的任务</translation>
    </message>
    <message>
        <source>Queue the failed jobs again</source>
        <translation>把失败的任务重新排队</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已结束的任务</translation>
    </message>
    <message>
        <source>Take finished jobs off the list; their pictures stay</source>
        <translation>从列表中移除已结束的任务，图片会保留</translation>
    </message>
    <message>
        <source>Make next</source>
        <translation>下一个生成</translation>
    </message>
    <message>
        <source>Make the selected jobs before all others that wait</source>
        <translation>先于所有等待的任务生成所选任务</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Make the selected jobs earlier</source>
        <translation>让所选任务更早生成</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Make the selected jobs later</source>
        <translation>让所选任务更晚生成</translation>
    </message>
    <message>
        <source>Cancel selected</source>
        <translation>取消所选</translation>
    </message>
    <message>
        <source>Stop or drop the selected jobs</source>
        <translation>停止或移除所选任务</translation>
    </message>
    <message>
        <source>Make selected again</source>
        <translation>重新生成所选</translation>
    </message>
    <message>
        <source>Queue the selected jobs that were not finished again</source>
        <translation>将所选中未完成的任务重新排入队列</translation>
    </message>
    <message>
        <source>Skip selected</source>
        <translation>跳过所选</translation>
    </message>
    <message>
        <source>Give up the selected jobs that were interrupted</source>
        <translation>放弃所选中被中断的任务</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save a copy of the file with all its marks</source>
        <translation>另存一份副本，保留全部标记</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the picture to the clipboard</source>
        <translation>把图片复制到剪贴板</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>The same recipe once more with a new seed</source>
        <translation>用同一配方换一个新种子再生成一次</translation>
    </message>
    <message>
        <source>Reuse recipe</source>
        <translation>沿用配方</translation>
    </message>
    <message>
        <source>Lay the recipe of this picture out in the panel</source>
        <translation>把这张图片的配方填入面板</translation>
    </message>
    <message>
        <source>Use as start</source>
        <translation>作为起点</translation>
    </message>
    <message>
        <source>Make the next picture out of this one</source>
        <translation>以这张图片为基础生成下一张</translation>
    </message>
    <message>
        <source>Use as style image</source>
        <translation>用作风格图</translation>
    </message>
    <message>
        <source>Take over colours and light of this picture</source>
        <translation>借用这张图的色彩与光感</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Open the folder that holds the file</source>
        <translation>打开文件所在的文件夹</translation>
    </message>
    <message>
        <source>Start from a picture…</source>
        <translation>从图片开始…</translation>
    </message>
    <message>
        <source>Choose an image file to start from</source>
        <translation>选择一个图片文件作为起点</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>One pixel of the picture on one pixel of the screen</source>
        <translation>图片的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Come nearer to the picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Step back from the picture</source>
        <translation>缩小图片</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Change what lies behind the picture: plain or checks</source>
        <translation>切换图片背后的底色：纯色或棋盘格</translation>
    </message>
    <message>
        <source>Newer picture</source>
        <translation>较新的图片</translation>
    </message>
    <message>
        <source>Show the picture made after this one</source>
        <translation>显示在此之后生成的图片</translation>
    </message>
    <message>
        <source>Older picture</source>
        <translation>较早的图片</translation>
    </message>
    <message>
        <source>Show the picture made before this one</source>
        <translation>显示在此之前生成的图片</translation>
    </message>
    <message>
        <source>Draw a new seed</source>
        <translation>换一个新种子</translation>
    </message>
    <message>
        <source>Keep or free the seed</source>
        <translation>锁定或解锁种子</translation>
    </message>
    <message>
        <source>Keep the seed for every Generate, or draw a new one</source>
        <translation>每次生成都用同一种子，或每次换新</translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation>转到提示词</translation>
    </message>
    <message>
        <source>Check this picture</source>
        <translation>核验这张图片</translation>
    </message>
    <message>
        <source>See what the file of this picture carries</source>
        <translation>查看这张图片的文件携带了什么</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Choose image files to check</source>
        <translation>选择要核验的图片文件</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Check the picture or the files on the clipboard</source>
        <translation>核验剪贴板中的图片或文件</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止核验</translation>
    </message>
    <message>
        <source>Do not check what still waits</source>
        <translation>不再核验尚在等待的图片</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新核验</translation>
    </message>
    <message>
        <source>Check this picture once more</source>
        <translation>再核验一次这张图片</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Show the original beside the picture</source>
        <translation>并排显示原图</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划动对比</translation>
    </message>
    <message>
        <source>Lay the original over the picture, up to a line to move</source>
        <translation>将原图叠在图片上，以可移动的分界线划动对比</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take this picture off the list; its file stays</source>
        <translation>从列表中移除这张图片；文件会保留</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Take all pictures off the list; their files stay</source>
        <translation>从列表中移除所有图片；文件会保留</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy the report of this picture as text</source>
        <translation>以文本形式复制这张图片的报告</translation>
    </message>
    <message>
        <source>Save reports…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Save the reports of all pictures as JSON or CSV</source>
        <translation>将所有图片的报告保存为 JSON 或 CSV</translation>
    </message>
    <message>
        <source>Open the folder that holds the original</source>
        <translation>打开原图所在的文件夹</translation>
    </message>
    <message>
        <source>Restore marks…</source>
        <translation>恢复标记…</translation>
    </message>
    <message>
        <source>Save a copy that carries its marks again</source>
        <translation>另存一份重新带有标记的副本</translation>
    </message>
    <message>
        <source>Use recipe again</source>
        <translation>再次使用配方</translation>
    </message>
    <message>
        <source>Lay the recipe of this picture out in Create</source>
        <translation>在“创作”中载入这张图片的配方</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language, theme, folders, device, models</source>
        <translation>语言、主题、文件夹、设备、模型</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>All keyboard shortcuts</source>
        <translation>全部键盘快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the window and stop what is being made</source>
        <translation>关闭窗口并停止正在生成的图片</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>无星</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>2 星</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>3 星</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>4 星</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>5 星</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Go to the search box</source>
        <translation>转到搜索框</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Look at the pictures one by one, on the whole screen</source>
        <translation>在整个屏幕上逐张查看图片</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>快速查看</translation>
    </message>
    <message>
        <source>Show this picture large for a moment</source>
        <translation>临时放大显示这张图片</translation>
    </message>
    <message>
        <source>Compare two to four selected pictures</source>
        <translation>对比所选的两到四张图片</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save copies of the selected pictures for somebody else</source>
        <translation>把所选图片另存为可交付的副本</translation>
    </message>
    <message>
        <source>Rate the selected pictures</source>
        <translation>给所选图片评分</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Give the selected pictures a tag</source>
        <translation>给所选图片添加标签</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Copy the files of the selected pictures to the clipboard</source>
        <translation>把所选图片的文件复制到剪贴板</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>再次使用</translation>
    </message>
    <message>
        <source>Take over colours and light of this picture in Create</source>
        <translation>在“创作”中借用这张图的色彩与光感</translation>
    </message>
    <message>
        <source>Take off this board</source>
        <translation>从此画板移除</translation>
    </message>
    <message>
        <source>Take the selected pictures off the board; they stay</source>
        <translation>把所选图片从画板移除，图片本身会保留</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move the selected pictures to the trash</source>
        <translation>把所选图片移到回收站</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>Put the selected pictures back where they were</source>
        <translation>把所选图片放回原来的位置</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>Delete all files in the trash for good</source>
        <translation>永久删除回收站中的所有文件</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the latest change of the library back</source>
        <translation>撤销对图库的最近一次更改</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Add pictures of other programs to the library</source>
        <translation>把其他程序的图片加入图库</translation>
    </message>
    <message>
        <source>New board…</source>
        <translation>新建画板…</translation>
    </message>
    <message>
        <source>Make a board to gather pictures on</source>
        <translation>新建一个用来收集图片的画板</translation>
    </message>
    <message>
        <source>Whole picture or 100 %</source>
        <translation>整图或 100 %</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Previous or next picture</source>
        <translation>上一张或下一张</translation>
    </message>
    <message>
        <source>First or last picture</source>
        <translation>第一张或最后一张</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>放大或缩小</translation>
    </message>
    <message>
        <source>Move sideways</source>
        <translation>左右移动</translation>
    </message>
    <message>
        <source>Move up or down</source>
        <translation>上下移动</translation>
    </message>
    <message>
        <source>Show or hide facts</source>
        <translation>显示或隐藏信息</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>回到图库</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Move the line of the wipe</source>
        <translation>移动分界线</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Swap the two</source>
        <translation>交换两张</translation>
    </message>
    <message>
        <source>Back to the grid</source>
        <translation>回到网格</translation>
    </message>
    <message>
        <source>Thinner or wider</source>
        <translation>变细或变粗</translation>
    </message>
    <message>
        <source>Hold to move the view</source>
        <translation>按住移动视图</translation>
    </message>
    <message>
        <source>Hold to turn the view</source>
        <translation>按住旋转视图</translation>
    </message>
    <message>
        <source>Turn by 15°</source>
        <translation>旋转 15°</translation>
    </message>
    <message>
        <source>Mirror the view</source>
        <translation>镜像视图</translation>
    </message>
    <message>
        <source>Put the view upright</source>
        <translation>摆正视图</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>End what is begun</source>
        <translation>完成当前操作</translation>
    </message>
    <message>
        <source>Give up what is begun</source>
        <translation>放弃当前操作</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>各处</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>On the paper</source>
        <translation>画纸上</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Draw what the picture follows, or make pictures from words</source>
        <translation>画出图片要遵循的草图，或只用文字生成图片</translation>
    </message>
    <message>
        <source>New sketch</source>
        <translation>新建草图</translation>
    </message>
    <message>
        <source>Lay out empty paper of the size in the panel</source>
        <translation>按面板中的尺寸铺开一张空白画纸</translation>
    </message>
    <message>
        <source>Open sketch…</source>
        <translation>打开草图…</translation>
    </message>
    <message>
        <source>Open a drawing with its layers: .maquette or .ora</source>
        <translation>打开带图层的绘图文件：.maquette 或 .ora</translation>
    </message>
    <message>
        <source>Save sketch</source>
        <translation>保存草图</translation>
    </message>
    <message>
        <source>Write the drawing with its layers to its own file</source>
        <translation>将绘图及其图层写入它自己的文件</translation>
    </message>
    <message>
        <source>Save sketch as…</source>
        <translation>草图另存为…</translation>
    </message>
    <message>
        <source>Write the drawing with its layers to another file</source>
        <translation>将绘图及其图层写入另一个文件</translation>
    </message>
    <message>
        <source>Export OpenRaster…</source>
        <translation>导出 OpenRaster…</translation>
    </message>
    <message>
        <source>Write the layers to a file that paint programs open</source>
        <translation>将图层写入绘画软件可以打开的文件</translation>
    </message>
    <message>
        <source>Delete sketch</source>
        <translation>删除草图</translation>
    </message>
    <message>
        <source>Put the drawing into the trash, which keeps it for a while</source>
        <translation>把当前草图移到回收站，可在一段时间内恢复</translation>
    </message>
    <message>
        <source>All sketches…</source>
        <translation>所有草图…</translation>
    </message>
    <message>
        <source>Open or delete sketches, and bring deleted ones back</source>
        <translation>打开或删除草图，恢复已删除的草图</translation>
    </message>
    <message>
        <source>Next view of sketch and render</source>
        <translation>切换草图与渲染的视图</translation>
    </message>
    <message>
        <source>Side by side, overlay, wipe</source>
        <translation>并排、叠加、划变</translation>
    </message>
    <message>
        <source>Lines followed and missed</source>
        <translation>遵循与遗漏的线条</translation>
    </message>
    <message>
        <source>Show which lines of the sketch the render has; hold the key for a look</source>
        <translation>显示渲染呈现了草图的哪些线条；按住按键可临时查看</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Show or hide the layers</source>
        <translation>显示或隐藏图层</translation>
    </message>
    <message>
        <source>Link the views</source>
        <translation>联动视图</translation>
    </message>
    <message>
        <source>Zoom and move sketch and render together</source>
        <translation>同步缩放和移动草图与渲染</translation>
    </message>
    <message>
        <source>Render in its own window</source>
        <translation>渲染独立窗口</translation>
    </message>
    <message>
        <source>For a second screen; close the window to bring it back</source>
        <translation>用于第二块屏幕；关闭窗口即可收回</translation>
    </message>
    <message>
        <source>Sketch in its own window</source>
        <translation>草图独立窗口</translation>
    </message>
    <message>
        <source>For a pen display; close the window to bring it back</source>
        <translation>用于手绘屏；关闭窗口即可收回</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>精修</translation>
    </message>
    <message>
        <source>The same recipe once more with twice the steps</source>
        <translation>以两倍步数再次生成相同的配方</translation>
    </message>
    <message>
        <source>Lock part…</source>
        <translation>锁定局部…</translation>
    </message>
    <message>
        <source>Paint over what must stay of this render</source>
        <translation>涂抹这张渲染中必须保留的部分</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>描摹</translation>
    </message>
    <message>
        <source>Lay this render under the lines, to draw after it</source>
        <translation>将这张渲染衬在线条之下，以便照着描画</translation>
    </message>
    <message>
        <source>Take the last stroke or change of layers back</source>
        <translation>撤销最后一笔或图层改动</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Do again what was undone</source>
        <translation>重做刚才撤销的操作</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Draw by hand</source>
        <translation>徒手绘制</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Take lines away; the other end of the pen does it too</source>
        <translation>擦去线条；笔的另一端同样可以擦除</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>A straight line; Shift for steps of 15°</source>
        <translation>直线；按住 Shift 以 15° 为步进</translation>
    </message>
    <message>
        <source>Polyline</source>
        <translation>折线</translation>
    </message>
    <message>
        <source>Straight lines from point to point; Enter ends it</source>
        <translation>逐点连成直线；按 Enter 结束</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>An ellipse; Shift for a circle</source>
        <translation>椭圆；按住 Shift 画正圆</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>A rectangle; Shift for a square</source>
        <translation>矩形；按住 Shift 画正方形</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill what lines enclose; small gaps are no way out</source>
        <translation>填充线条围住的区域；小缺口不会漏色</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Go round lines to move and scale them</source>
        <translation>圈选线条以移动和缩放</translation>
    </message>
    <message>
        <source>Colour picker</source>
        <translation>取色</translation>
    </message>
    <message>
        <source>Take the colour under the pen</source>
        <translation>拾取笔尖下的颜色</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>辅助线</translation>
    </message>
    <message>
        <source>Move vanishing points and mirror axes</source>
        <translation>移动灭点和镜像轴</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Move the view; the space bar does it with every tool</source>
        <translation>移动视图；任何工具下按住空格键也可以</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Put a copy of the layer above it</source>
        <translation>在其上方放置该图层的副本</translation>
    </message>
    <message>
        <source>Merge down</source>
        <translation>向下合并</translation>
    </message>
    <message>
        <source>Make one of this layer and the one below</source>
        <translation>将此图层与下方图层合为一层</translation>
    </message>
    <message>
        <source>Layer up</source>
        <translation>图层上移</translation>
    </message>
    <message>
        <source>Put the layer above the next one</source>
        <translation>将图层移到上一层之上</translation>
    </message>
    <message>
        <source>Layer down</source>
        <translation>图层下移</translation>
    </message>
    <message>
        <source>Put the layer below the next one</source>
        <translation>将图层移到下一层之下</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Give the layer another name</source>
        <translation>给图层换一个名称</translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Take the layer away; Undo brings it back</source>
        <translation>删除图层；可撤销恢复</translation>
    </message>
    <message>
        <source>Search styles</source>
        <translation>搜索风格</translation>
    </message>
    <message>
        <source>Find styles by their words</source>
        <translation>按词语查找风格</translation>
    </message>
    <message>
        <source>New style…</source>
        <translation>新建风格…</translation>
    </message>
    <message>
        <source>Write a style of your own</source>
        <translation>编写自己的风格</translation>
    </message>
    <message>
        <source>Edit style…</source>
        <translation>编辑风格…</translation>
    </message>
    <message>
        <source>Change name, words and settings of your style</source>
        <translation>修改风格的名称、词语和设置</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Make a copy of this style that you can change</source>
        <translation>生成一份可以修改的副本</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Put this style among the favourites, or take it out</source>
        <translation>把此风格加入收藏，或取消收藏</translation>
    </message>
    <message>
        <source>Import styles…</source>
        <translation>导入风格…</translation>
    </message>
    <message>
        <source>Add styles from files: Maquette, Fooocus, styles.csv</source>
        <translation>从文件添加风格：Maquette、Fooocus、styles.csv</translation>
    </message>
    <message>
        <source>Export styles…</source>
        <translation>导出风格…</translation>
    </message>
    <message>
        <source>Save the selected styles as one file to give to others</source>
        <translation>把所选风格存为一个文件，以便交给他人</translation>
    </message>
    <message>
        <source>Compare on a board…</source>
        <translation>在组图中比较…</translation>
    </message>
    <message>
        <source>See the prompt in the selected styles, on a labelled sheet</source>
        <translation>用选中的各种风格查看提示词，排成一张带标签的版面</translation>
    </message>
    <message>
        <source>Blend with the style in use</source>
        <translation>与正在使用的风格混合</translation>
    </message>
    <message>
        <source>Mix this style with the one in use, by a slider</source>
        <translation>用滑块把此风格与正在使用的风格混合</translation>
    </message>
    <message>
        <source>Delete style</source>
        <translation>删除风格</translation>
    </message>
    <message>
        <source>Put your style into the trash, which can be undone</source>
        <translation>把自己的风格移入回收站，可以撤销</translation>
    </message>
    <message>
        <source>Train a style…</source>
        <translation>训练风格…</translation>
    </message>
    <message>
        <source>Make a style of your own pictures</source>
        <translation>用自己的图片训练出一种风格</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>All trainings of styles: how far they are, what they became</source>
        <translation>全部风格训练：进行到哪一步，结果如何</translation>
    </message>
    <message>
        <source>Back to the styles</source>
        <translation>返回风格</translation>
    </message>
    <message>
        <source>Go back to the cards of styles</source>
        <translation>回到风格卡片</translation>
    </message>
    <message>
        <source>Have the training save and stop, or go on</source>
        <translation>让训练保存并停下，或继续</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Learn no more, and make a style of the best so far</source>
        <translation>不再学习，用目前最好的结果生成风格</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>立即使用</translation>
    </message>
    <message>
        <source>Put the trained style on and go to Create</source>
        <translation>套用训练好的风格并前往创作</translation>
    </message>
    <message>
        <source>Delete training</source>
        <translation>删除训练</translation>
    </message>
    <message>
        <source>Put the training into the trash, which can be undone</source>
        <translation>将训练移入废纸篓，可以撤销</translation>
    </message>
</context>
<context>
    <name>AdvancedFold</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More steps take longer and settle finer detail.</source>
        <translation>步数越多耗时越长，细节也越稳定。</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt; too high looks hard and burnt.</source>
        <translation>图片贴合提示词的程度；过高会显得生硬、过曝。</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>The method that takes the noise away, step by step.</source>
        <translation>逐步去除噪声的方法。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>{low} to {high} pixels</source>
        <translation>{low} 到 {high} 像素</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>a red ceramic mug on a wooden table, soft light from the left</source>
        <translation>木桌上的红色陶瓷马克杯，左侧柔光</translation>
    </message>
</context>
<context>
    <name>AxisCard</name>
    <message>
        <source>Finishes</source>
        <translation>质感</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>材质</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Backgrounds</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Follow the sketch</source>
        <translation>跟随草图</translation>
    </message>
    <message>
        <source>Add a word</source>
        <translation>添加词语</translation>
    </message>
    <message>
        <source>Add one of the words that the model knows</source>
        <translation>添加一个模型认识的词语</translation>
    </message>
    <message>
        <source>One on each line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>What differs: {axis}</source>
        <translation>变化的内容：{axis}</translation>
    </message>
    <message>
        <source>Values: {axis}</source>
        <translation>取值：{axis}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Reuse recipe</source>
        <translation>沿用配方</translation>
    </message>
    <message>
        <source>Bring the sketch back</source>
        <translation>取回草图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause the training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>立即使用</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Show the board</source>
        <translation>查看风格组图</translation>
    </message>
    <message>
        <source>Find its file…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>显示或隐藏详细信息</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>A file of prompts</source>
        <translation>提示词文件</translation>
    </message>
    <message>
        <source>Queue {n} pictures</source>
        <translation>将 {n} 张图片排入队列</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>排入队列</translation>
    </message>
    <message>
        <source>Tables, JSON lines and text files are queued as one group.</source>
        <translation>表格、JSON 行和文本文件会作为一组排入队列。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Nothing is queued before these are put right.</source>
        <translation>改正这些问题之前，不会排入任何任务。</translation>
    </message>
    <message>
        <source>{pictures} pictures from {lines} lines</source>
        <translation>{lines} 行，共 {pictures} 张图片</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a file of prompts</source>
        <translation>选择提示词文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Files end in {suffixes}. A text file has one prompt on each line; a table and JSON lines also have columns such as seed, count, width, height, steps, style, model and start.</source>
        <translation>文件以 {suffixes} 结尾。文本文件每行一个提示词；表格和 JSON 行还可以有 seed、count、width、height、steps、style、model、start 等列，表格的列名也可以用中文，例如“提示词”“种子”“风格”。</translation>
    </message>
    <message>
        <source>{a|b} draws one of the words for each picture, {{a|b}} makes a picture with each, and __name__ draws a line of the file name.txt beside the batch file.</source>
        <translation>{a|b} 为每张图片抽取其中一个词，{{a|b}} 为每个词各生成一张，__name__ 从批量文件旁的 name.txt 中抽取一行。</translation>
    </message>
    <message>
        <source>Several seeds and styles in one cell are combined with each other: 1..3 are three seeds, and | stands between styles.</source>
        <translation>一个单元格中的多个种子和风格会互相组合：1..3 是三个种子，风格之间用 | 隔开。</translation>
    </message>
    <message>
        <source>The file is checked as a whole before the first picture is made.</source>
        <translation>在生成第一张图片之前，会先检查整个文件。</translation>
    </message>
</context>
<context>
    <name>BatchExportDialog</name>
    <message>
        <source>Where the files go</source>
        <translation>文件存放位置</translation>
    </message>
    <message>
        <source>changed for this export</source>
        <translation>仅对本次导出做了修改</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>None of these pictures can be exported</source>
        <translation>这些图片都不能导出</translation>
    </message>
    <message>
        <source>{files}, about {size}</source>
        <translation>{files}，约 {size}</translation>
    </message>
    <message>
        <source>Going by the first picture, whose files were made to measure them.</source>
        <translation>按第一张图片估算：为此实际生成并测量了它的文件。</translation>
    </message>
    <message>
        <source>Export {n} pictures</source>
        <translation>导出 {n} 张图片</translation>
    </message>
    <message>
        <source>Export {n} picture</source>
        <translation>导出 {n} 张图片</translation>
    </message>
    <message>
        <source>To</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose where the files go</source>
        <translation>选择文件存放位置</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Save as new</source>
        <translation>另存为新预设</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>BatchList</name>
    <message>
        <source>What the file asks for</source>
        <translation>文件要求的内容</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
</context>
<context>
    <name>BlendRow</name>
    <message>
        <source>Share of {style}</source>
        <translation>{style} 的占比</translation>
    </message>
    <message>
        <source>Blend with…</source>
        <translation>混合…</translation>
    </message>
    <message>
        <source>Blend this style with another one</source>
        <translation>把此风格与另一种风格混合</translation>
    </message>
    <message>
        <source>Swap the two styles</source>
        <translation>交换两种风格</translation>
    </message>
    <message>
        <source>Save the blend as a style of your own</source>
        <translation>把混合结果存为自己的风格</translation>
    </message>
    <message>
        <source>Stop blending and keep the first style</source>
        <translation>停止混合，保留第一种风格</translation>
    </message>
</context>
<context>
    <name>BoardDialog</name>
    <message>
        <source>Queue {n} pictures</source>
        <translation>将 {n} 张图片加入队列</translation>
    </message>
    <message>
        <source>Rows and columns each need at least one value.</source>
        <translation>行和列都至少需要一个取值。</translation>
    </message>
    <message>
        <source>{n} pictures are more than a board may have: {most} at most.</source>
        <translation>{n} 张图片超出了组图的上限：最多 {most} 张。</translation>
    </message>
    <message>
        <source>{rows} rows × {columns} columns</source>
        <translation>{rows} 行 × {columns} 列</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>Board {rows} × {columns}</source>
        <translation>组图 {rows} × {columns}</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Seeds for each</source>
        <translation>每格的种子数</translation>
    </message>
    <message>
        <source>How often each cell is made</source>
        <translation>每一格制作几次</translation>
    </message>
    <message>
        <source>Back to 3 × 3</source>
        <translation>恢复 3 × 3</translation>
    </message>
    <message>
        <source>Three materials in three colours</source>
        <translation>三种材质、三种颜色</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} / {total}</translation>
    </message>
    <message>
        <source>Export the board as one sheet</source>
        <translation>将组图导出为一张版面</translation>
    </message>
    <message>
        <source>Sheet (*.png)</source>
        <translation>版面 (*.png)</translation>
    </message>
    <message>
        <source>Export the board&apos;s pictures into a folder</source>
        <translation>将组图的图片导出到文件夹</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>Which board</source>
        <translation>哪一组图</translation>
    </message>
    <message>
        <source>Export pictures…</source>
        <translation>导出图片…</translation>
    </message>
    <message>
        <source>Export the pictures one by one, named by row and column</source>
        <translation>逐张导出图片，按行和列命名</translation>
    </message>
    <message>
        <source>Export sheet…</source>
        <translation>导出版面…</translation>
    </message>
    <message>
        <source>Export the board as one labelled sheet</source>
        <translation>将组图导出为一张带标签的版面</translation>
    </message>
    <message>
        <source>There is no board yet. Press Board in the Sketch panel to see one drawing in many materials and colours, or in the Style panel to see one prompt in many styles.</source>
        <translation>还没有组图。在“草图”面板中按“组图”，可查看同一张图的多种材质和颜色；在“风格”面板中则可查看同一提示词的多种风格。</translation>
    </message>
</context>
<context>
    <name>Boards</name>
    <message>
        <source>Boards</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>On no board. Drag it to one at the left, or press the plus.</source>
        <translation>未放入任何画板。拖到左侧的画板，或按加号。</translation>
    </message>
    <message>
        <source>There is no board yet. The plus at the left makes one.</source>
        <translation>还没有画板。左侧的加号可新建一个。</translation>
    </message>
    <message>
        <source>Put on a board</source>
        <translation>放入画板</translation>
    </message>
</context>
<context>
    <name>CaptionModel</name>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>CaptionsTab</name>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Add to selected</source>
        <translation>加到所选</translation>
    </message>
    <message>
        <source>Add to all</source>
        <translation>加到全部</translation>
    </message>
    <message>
        <source>Reset selected</source>
        <translation>还原所选</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Replace in the captions</source>
        <translation>在说明中替换</translation>
    </message>
    <message>
        <source>Put these words at the end of the captions</source>
        <translation>把这些词加到说明末尾</translation>
    </message>
    <message>
        <source>Back to the captions that were proposed</source>
        <translation>恢复建议的说明</translation>
    </message>
    <message>
        <source>Say what each picture shows; the words of the style stay in. Grey captions are proposed, from the files&apos; names. Enter edits, and goes on to the next.</source>
        <translation>写出每张图片画的是什么；风格的词要保留。灰色的说明是根据文件名建议的。按回车键编辑，再按转到下一行。</translation>
    </message>
    <message>
        <source>Captions are proposed as soon as there are pictures.</source>
        <translation>添加图片后，会自动建议说明。</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Words for all</source>
        <translation>要加上的词</translation>
    </message>
    <message>
        <source>Words to find in the captions</source>
        <translation>要在说明中查找的词</translation>
    </message>
    <message>
        <source>Words to put in their place</source>
        <translation>用来替换的词</translation>
    </message>
    <message>
        <source>Words to add to the captions</source>
        <translation>要加到说明中的词</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>CertificateDialog</name>
    <message>
        <source>not chosen yet</source>
        <translation>尚未选择</translation>
    </message>
    <message>
        <source>Your certificate</source>
        <translation>您的证书</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>Choose the file with the private key</source>
        <translation>选择私钥文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Password of the key</source>
        <translation>密钥的密码</translation>
    </message>
    <message>
        <source>Both files as PEM; the certificate with its chain, the signer first. It needs the extended key usages for e-mail protection and C2PA signing. Where the system has a keychain, the password is kept there.</source>
        <translation>两个文件均为 PEM 格式；证书文件包含证书链，签名者在前。证书需要电子邮件保护和 C2PA 签名的扩展密钥用途。系统有钥匙串时，密码保存在钥匙串中。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign with it</source>
        <translation>用它签名</translation>
    </message>
</context>
<context>
    <name>CheckListPanel</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Checked pictures</source>
        <translation>已核验的图片</translation>
    </message>
    <message>
        <source>In the order they came</source>
        <translation>按加入顺序</translation>
    </message>
    <message>
        <source>By verdict</source>
        <translation>按结论</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
</context>
<context>
    <name>CheckModel</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>核验中…</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未核验</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
</context>
<context>
    <name>CheckReport</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未核验</translation>
    </message>
    <message>
        <source>Press F5 to check it.</source>
        <translation>按 F5 核验。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核验…</translation>
    </message>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>What happened to it</source>
        <translation>经历了什么</translation>
    </message>
    <message>
        <source>The original in your library</source>
        <translation>图库中的原图</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术细节</translation>
    </message>
</context>
<context>
    <name>CheckStage</name>
    <message>
        <source>Checking {place} of {of}</source>
        <translation>正在核验第 {place} 张，共 {of} 张</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核验…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>{n} of {of}</source>
        <translation>{n}/{of}</translation>
    </message>
    <message>
        <source>Take {word} off</source>
        <translation>移除“{word}”</translation>
    </message>
</context>
<context>
    <name>ColourCard</name>
    <message>
        <source>A CMYK profile of the print shop</source>
        <translation>印刷厂的 CMYK 配置文件</translation>
    </message>
    <message>
        <source>ICC profiles (*.icc *.icm)</source>
        <translation>ICC 配置文件 (*.icc *.icm)</translation>
    </message>
    <message>
        <source>Coated paper (generic)</source>
        <translation>涂布纸（通用）</translation>
    </message>
    <message>
        <source>By the published colours of inks on coated paper, not of one press</source>
        <translation>依据公开的涂布纸油墨颜色，并非某台印刷机的实测</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Colour and resolution</source>
        <translation>颜色与分辨率</translation>
    </message>
    <message>
        <source>Colour space</source>
        <translation>色彩空间</translation>
    </message>
    <message>
        <source>Print simulation</source>
        <translation>印刷模拟</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Profile of the print shop…</source>
        <translation>印刷厂的配置文件…</translation>
    </message>
    <message>
        <source>The colours as a CMYK print would have them, in a file that is still RGB. The print shop gives you its profile; the generic one shows what paper cannot hold.</source>
        <translation>颜色如同 CMYK 印刷的效果，文件仍为 RGB。配置文件由印刷厂提供；通用配置文件显示纸张无法呈现的颜色。</translation>
    </message>
    <message>
        <source>Choose the profile for the print simulation</source>
        <translation>选择用于印刷模拟的配置文件</translation>
    </message>
    <message>
        <source>No print simulation</source>
        <translation>不模拟印刷</translation>
    </message>
    <message>
        <source>Resolution in dots per inch</source>
        <translation>分辨率（每英寸点数）</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>不写入</translation>
    </message>
</context>
<context>
    <name>ColourPopover</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colours used lately</source>
        <translation>最近使用的颜色</translation>
    </message>
    <message>
        <source>Another colour…</source>
        <translation>其他颜色…</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划动对比</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>First of the two</source>
        <translation>两张中的第一张</translation>
    </message>
    <message>
        <source>Second of the two</source>
        <translation>两张中的第二张</translation>
    </message>
    <message>
        <source>Swap the two</source>
        <translation>交换两张</translation>
    </message>
    <message>
        <source>Show whole pictures</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Show at 100 %</source>
        <translation>以 100% 显示</translation>
    </message>
    <message>
        <source>Back to the grid</source>
        <translation>返回网格</translation>
    </message>
</context>
<context>
    <name>CompareDifference</name>
    <message>
        <source>Comparing…</source>
        <translation>正在对比…</translation>
    </message>
    <message>
        <source>No pixel differs.</source>
        <translation>没有任何像素不同。</translation>
    </message>
    <message>
        <source>{share} % of the pixels differ, by {largest} of 255 at most. Black: no difference.</source>
        <translation>{share}% 的像素不同，最多相差 {largest}（满值 255）。黑色表示相同。</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Brighter</source>
        <translation>增亮</translation>
    </message>
    <message>
        <source>Make differences brighter</source>
        <translation>增亮差异</translation>
    </message>
</context>
<context>
    <name>CompareTable</name>
    <message>
        <source>differ in: {names}</source>
        <translation>不同之处：{names}</translation>
    </message>
    <message>
        <source>the same in everything that is known</source>
        <translation>已知内容完全相同</translation>
    </message>
    <message>
        <source>{fact}: differs</source>
        <translation>{fact}：不同</translation>
    </message>
    <message>
        <source>{fact}: the same</source>
        <translation>{fact}：相同</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Only what differs</source>
        <translation>只看不同之处</translation>
    </message>
</context>
<context>
    <name>CompareTile</name>
    <message>
        <source>Do not compare {letter}</source>
        <translation>不再对比 {letter}</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>使用此配方</translation>
    </message>
    <message>
        <source>Use recipe {letter}</source>
        <translation>使用 {letter} 的配方</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Picture that is checked</source>
        <translation>正在核验的图片</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>While the original lies over it, arrow keys move the line between the two.</source>
        <translation>原图叠在上面时，可用方向键移动两者之间的分界线。</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>所核验的图片</translation>
    </message>
    <message>
        <source>{letter} is scaled to {width} × {height}</source>
        <translation>{letter} 已缩放为 {width} × {height}</translation>
    </message>
    <message>
        <source>{letter} is scaled and cropped to {width} × {height}</source>
        <translation>{letter} 已缩放并裁剪为 {width} × {height}</translation>
    </message>
    <message>
        <source>Two pictures with a line between them</source>
        <translation>以一条线分隔的两张图片</translation>
    </message>
    <message>
        <source>Arrow keys move the line.</source>
        <translation>方向键移动分隔线。</translation>
    </message>
</context>
<context>
    <name>ControlModelsCard</name>
    <message>
        <source>T2I-Adapter</source>
        <translation>T2I-Adapter</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>sketches</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>normals</source>
        <translation>法线</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Control models</source>
        <translation>控制模型</translation>
    </message>
    <message>
        <source>The built-in model follows sketches by itself. For your own models, add a ControlNet or a T2I-Adapter that is made for the same family.</source>
        <translation>内置模型自己就能跟随草图。若使用自己的模型，请添加同一系列的 ControlNet 或 T2I-Adapter。</translation>
    </message>
    <message>
        <source>Steers by</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>What the control model steers by</source>
        <translation>控制模型所依据的图像</translation>
    </message>
    <message>
        <source>Guessed from its name; choose another one if that is wrong.</source>
        <translation>根据名称推测；如有误，请另选。</translation>
    </message>
    <message>
        <source>Add the folder of a control model</source>
        <translation>添加控制模型的文件夹</translation>
    </message>
    <message>
        <source>Add the .safetensors file of a control model</source>
        <translation>添加控制模型的 .safetensors 文件</translation>
    </message>
    <message>
        <source>Remove the control model from the list</source>
        <translation>从列表中移除该控制模型</translation>
    </message>
</context>
<context>
    <name>CountedModel</name>
    <message>
        <source>{words}, chosen</source>
        <translation>{words}，已选</translation>
    </message>
</context>
<context>
    <name>CurvesPanel</name>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>还没有测量结果。</translation>
    </message>
    <message>
        <source>The held-out pictures&apos; loss went from {first} to {last}; it was best after {step} steps.</source>
        <translation>留出图片的误差从 {first} 变为 {last}；第 {step} 步时最好。</translation>
    </message>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>How it learns</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>what is learned</source>
        <translation>学习的图片</translation>
    </message>
    <message>
        <source>held-out pictures</source>
        <translation>留出的图片</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留的一步</translation>
    </message>
    <message>
        <source>Lower is better. The dashed line is about pictures that are held out: the model never learns from them, so it shows what it has understood and not what it knows by heart. Where that line is lowest the style is kept; once it only rises, the training ends by itself.</source>
        <translation>越低越好。虚线针对留出的图片：模型从不学习它们，因此它反映的是真正学会的东西，而不是死记硬背。虚线最低处的风格会被保留；如果它只升不降，训练会自行结束。</translation>
    </message>
    <message>
        <source>The curves begin with the first steps.</source>
        <translation>曲线从最初几步开始。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
</context>
<context>
    <name>DetachedWindow</name>
    <message>
        <source>Sketch – Maquette</source>
        <translation>草图 – Maquette</translation>
    </message>
    <message>
        <source>Render – Maquette</source>
        <translation>渲染 – Maquette</translation>
    </message>
</context>
<context>
    <name>EmptyCheck</name>
    <message>
        <source>Where does this picture come from?</source>
        <translation>这张图片从哪里来？</translation>
    </message>
    <message>
        <source>Drop image files or folders here, or paste a picture.</source>
        <translation>将图片文件或文件夹拖到这里，或粘贴图片。</translation>
    </message>
    <message>
        <source>What can be told</source>
        <translation>可以判断</translation>
    </message>
    <message>
        <source>What cannot</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>whether it was signed, and is as it was when it was signed</source>
        <translation>是否经过签名，签名后有无改动</translation>
    </message>
    <message>
        <source>whether it was made here, even after its metadata was removed</source>
        <translation>是否在本机生成，即使元数据已被移除</translation>
    </message>
    <message>
        <source>what was done to it: scaled, cropped, turned, saved again</source>
        <translation>经历过什么处理：缩放、裁剪、旋转、重新保存</translation>
    </message>
    <message>
        <source>labels and marks that other tools left</source>
        <translation>其他工具留下的标识和标记</translation>
    </message>
    <message>
        <source>that a picture was not made by AI: marks can be missing</source>
        <translation>图片不是由 AI 生成：标记可能缺失</translation>
    </message>
    <message>
        <source>who a signer is, unless the certificate is publicly trusted</source>
        <translation>签名者是谁，除非证书受公众信任</translation>
    </message>
    <message>
        <source>anything invisible below 256 × 256 pixels: too small for a mark</source>
        <translation>小于 256 × 256 像素的图片中的隐形标记：放不下</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Everything is read on this machine; nothing is sent.</source>
        <translation>一切都在本机读取，不会发送任何内容。</translation>
    </message>
</context>
<context>
    <name>EmptyGallery</name>
    <message>
        <source>Make a picture</source>
        <translation>生成图片</translation>
    </message>
    <message>
        <source>Import pictures…</source>
        <translation>导入图片…</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Your pictures will be here</source>
        <translation>您的图片会出现在这里</translation>
    </message>
    <message>
        <source>Everything that is made in Create is kept here with its recipe, to be searched, rated, compared and exported. Pictures of other programs can be imported: their files stay where they are.</source>
        <translation>在“创作”中生成的一切都会连同配方保存在这里，可以搜索、评分、对比和导出。其他程序的图片也可以导入：它们的文件留在原处。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到图片</translation>
    </message>
    <message>
        <source>No picture matches all of these words. Take one away, or look at all pictures.</source>
        <translation>没有图片同时符合这些条件。请去掉一个条件，或查看全部图片。</translation>
    </message>
    <message>
        <source>This board is empty</source>
        <translation>此画板是空的</translation>
    </message>
    <message>
        <source>Select pictures under All and drop them on the board&apos;s name. A picture can be on several boards.</source>
        <translation>在“全部”中选择图片，拖到画板名称上即可。一张图片可以放在多个画板上。</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Delete moves pictures here. They can be put back until the trash is emptied.</source>
        <translation>按 Delete 键会把图片移到这里。清空回收站之前，都可以放回原处。</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>无法打开图库</translation>
    </message>
</context>
<context>
    <name>EmptyStage</name>
    <message>
        <source>Your picture forms here</source>
        <translation>图片将在这里成形</translation>
    </message>
    <message>
        <source>Ctrl ↵</source>
        <translation>Ctrl ↵</translation>
    </message>
    <message>
        <source>Your render forms here</source>
        <translation>渲染将在这里成形</translation>
    </message>
    <message>
        <source>renders the sketch</source>
        <translation>渲染草图</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>follows the pen</source>
        <translation>跟随画笔</translation>
    </message>
    <message>
        <source>shows all keys</source>
        <translation>显示全部快捷键</translation>
    </message>
    <message>
        <source>makes what the prompt at the left describes</source>
        <translation>按左侧的提示词生成图片</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>拖放</translation>
    </message>
    <message>
        <source>an image here to start from it, or to reuse its recipe</source>
        <translation>把图片拖到这里，作为起点或沿用其配方</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>shows everything the keyboard can do</source>
        <translation>查看全部键盘快捷键</translation>
    </message>
</context>
<context>
    <name>EncodingCard</name>
    <message>
        <source>New pictures</source>
        <translation>新图片</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>The format&apos;s usual quality</source>
        <translation>该格式的常用质量</translation>
    </message>
    <message>
        <source>PNG keeps every pixel and is best to go on working with. Export makes the other formats too, in any size.</source>
        <translation>PNG 保留每个像素，最适合继续加工。导出时也可生成其他格式和任意尺寸。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>PNG (exact)</source>
        <translation>PNG（无损）</translation>
    </message>
    <message>
        <source>JPEG (small, opens everywhere)</source>
        <translation>JPEG（小，处处可打开）</translation>
    </message>
    <message>
        <source>WebP (smaller)</source>
        <translation>WebP（更小）</translation>
    </message>
    <message>
        <source>AVIF (smallest)</source>
        <translation>AVIF（最小）</translation>
    </message>
    <message>
        <source>TIFF (exact, for print)</source>
        <translation>TIFF（无损，用于印刷）</translation>
    </message>
    <message>
        <source>{size} pixels: too small for the invisible mark, which needs 256 × 256. The AI label and the signature are written.</source>
        <translation>{size} 像素：太小，放不下需要 256 × 256 像素的隐形标记。AI 标识和签名仍会写入。</translation>
    </message>
    <message>
        <source>{size} pixels, with all the marks that the settings ask for.</source>
        <translation>{size} 像素，带有设置中要求的所有标记。</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Longest side in pixels</source>
        <translation>最长边（像素）</translation>
    </message>
    <message>
        <source>Scale the longest side to</source>
        <translation>将最长边缩放至</translation>
    </message>
    <message>
        <source>With the recipe: prompt, seed and settings</source>
        <translation>附带配方：提示词、种子和设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>选择位置…</translation>
    </message>
</context>
<context>
    <name>ExportMarksCard</name>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>With the recipe: prompt, seed and settings</source>
        <translation>附带配方：提示词、种子和设置</translation>
    </message>
    <message>
        <source>Visible label</source>
        <translation>可见标识</translation>
    </message>
    <message>
        <source>Rules of</source>
        <translation>适用规则</translation>
    </message>
    <message>
        <source>Invisible mark</source>
        <translation>隐形标记</translation>
    </message>
    <message>
        <source>The invisible mark and the AI label are in every file, and the signature if the settings ask for it; each file can be checked.</source>
        <translation>每个文件都带有隐形标记和 AI 标签；若设置要求，还带有签名。每个文件都可以核验。</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>{width} × {height} pixels: this picture is not enlarged</source>
        <translation>{width} × {height} 像素：此图片不会被放大</translation>
    </message>
    <message>
        <source>own size</source>
        <translation>原始尺寸</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Size that is shown</source>
        <translation>所显示的尺寸</translation>
    </message>
    <message>
        <source>Preview of the exported picture</source>
        <translation>导出图片的预览</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>Web</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Print 300 DPI</source>
        <translation>印刷 300 DPI</translation>
    </message>
    <message>
        <source>Social sizes</source>
        <translation>社交媒体尺寸</translation>
    </message>
    <message>
        <source>Client delivery</source>
        <translation>客户交付</translation>
    </message>
    <message>
        <source>JPEG (small, opens everywhere)</source>
        <translation>JPEG（小，处处可打开）</translation>
    </message>
    <message>
        <source>PNG (exact)</source>
        <translation>PNG（无损）</translation>
    </message>
    <message>
        <source>WebP (smaller)</source>
        <translation>WebP（更小）</translation>
    </message>
    <message>
        <source>AVIF (smallest)</source>
        <translation>AVIF（最小）</translation>
    </message>
    <message>
        <source>TIFF (exact, for print)</source>
        <translation>TIFF（无损，供印刷）</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>完整放入</translation>
    </message>
    <message>
        <source>Fill, cut off</source>
        <translation>裁切填满</translation>
    </message>
    <message>
        <source>Fit, with a border</source>
        <translation>完整放入并加边框</translation>
    </message>
    <message>
        <source>sRGB (web, everything)</source>
        <translation>sRGB（网页，通用）</translation>
    </message>
    <message>
        <source>Display P3 (newer screens)</source>
        <translation>Display P3（较新屏幕）</translation>
    </message>
    <message>
        <source>Adobe RGB (print shops)</source>
        <translation>Adobe RGB（印刷）</translation>
    </message>
    <message>
        <source>Number the new one</source>
        <translation>为新文件编号</translation>
    </message>
    <message>
        <source>Keep the old one</source>
        <translation>保留旧文件</translation>
    </message>
    <message>
        <source>Replace the old one</source>
        <translation>替换旧文件</translation>
    </message>
    <message>
        <source>US Letter</source>
        <translation>美国信纸</translation>
    </message>
    <message>
        <source>As the rules ask</source>
        <translation>按规则要求</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>与设置相同</translation>
    </message>
    <message>
        <source>European Union (AI Act, Article 50)</source>
        <translation>欧盟（《人工智能法》第 50 条）</translation>
    </message>
    <message>
        <source>China (GB 45438-2025)</source>
        <translation>中国（GB 45438-2025）</translation>
    </message>
    <message>
        <source>California (SB 942)</source>
        <translation>加利福尼亚州（SB 942）</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
</context>
<context>
    <name>ExtraControls</name>
    <message>
        <source>colour layers</source>
        <translation>颜色图层</translation>
    </message>
    <message>
        <source>of the recipe</source>
        <translation>来自配方</translation>
    </message>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Normals</source>
        <translation>法线</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Steer by more images</source>
        <translation>用更多图像引导</translation>
    </message>
    <message>
        <source>A depth image, a normal map or a colour layout beside the sketch</source>
        <translation>在草图之外再用深度图、法线图或颜色布局引导</translation>
    </message>
    <message>
        <source>{kind} from a file…</source>
        <translation>来自文件的{kind}…</translation>
    </message>
    <message>
        <source>Colours from the colour layers</source>
        <translation>来自颜色图层的颜色</translation>
    </message>
</context>
<context>
    <name>Facets</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Style preset</source>
        <translation>风格预设</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>材质</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>物体</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Made after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>Made before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>this year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>file edited</source>
        <translation>文件已修改</translation>
    </message>
    <message>
        <source>several times</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>★ {n} and more</source>
        <translation>★ {n} 及以上</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>未评分</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Blended with</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Style image</source>
        <translation>风格图</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Start image</source>
        <translation>起始图片</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>保真度</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>a prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>a sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
</context>
<context>
    <name>Fidelity</name>
    <message>
        <source>Fidelity {score}</source>
        <translation>保真度 {score}</translation>
    </message>
    <message>
        <source>follows the sketch</source>
        <translation>贴合草图</translation>
    </message>
    <message>
        <source>follows it in part</source>
        <translation>部分贴合草图</translation>
    </message>
    <message>
        <source>strays from it</source>
        <translation>偏离草图</translation>
    </message>
    <message>
        <source>{count} lines missed</source>
        <translation>遗漏 {count} 条线</translation>
    </message>
    <message>
        <source>1 line missed</source>
        <translation>遗漏 1 条线</translation>
    </message>
    <message>
        <source>{share} of the lines followed</source>
        <translation>遵循了 {share} 的线条</translation>
    </message>
    <message>
        <source>{share} of the edges are lines of the sketch</source>
        <translation>{share} 的边缘来自草图线条</translation>
    </message>
    <message>
        <source>{share} of the lines that must be kept</source>
        <translation>必留线条呈现了 {share}</translation>
    </message>
</context>
<context>
    <name>FileFacts</name>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Save a copy</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>Check pictures</source>
        <translation>核验图片</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>导入图片</translation>
    </message>
    <message>
        <source>Where is {name} now?</source>
        <translation>{name} 现在在哪里？</translation>
    </message>
    <message>
        <source>Import a folder of pictures</source>
        <translation>导入图片文件夹</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Save the reports</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>从图片开始</translation>
    </message>
    <message>
        <source>Choose a style image</source>
        <translation>选择风格图</translation>
    </message>
    <message>
        <source>Import a sketch</source>
        <translation>导入草图</translation>
    </message>
    <message>
        <source>Choose a file of prompts</source>
        <translation>选择提示词文件</translation>
    </message>
    <message>
        <source>Files of prompts ({patterns})</source>
        <translation>提示词文件 ({patterns})</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Sketches ({patterns})</source>
        <translation>草图 ({patterns})</translation>
    </message>
    <message>
        <source>Open a sketch</source>
        <translation>打开草图</translation>
    </message>
    <message>
        <source>Save the sketch</source>
        <translation>保存草图</translation>
    </message>
    <message>
        <source>Export as OpenRaster</source>
        <translation>导出为 OpenRaster</translation>
    </message>
    <message>
        <source>No other sketches yet</source>
        <translation>还没有其他草图</translation>
    </message>
    <message>
        <source>Pictures to learn from</source>
        <translation>选择用于训练的图片</translation>
    </message>
    <message>
        <source>A folder of pictures to learn from</source>
        <translation>选择用于训练的图片文件夹</translation>
    </message>
</context>
<context>
    <name>FilesCard</name>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>Until it is emptied</source>
        <translation>直到清空回收站</translation>
    </message>
    <message>
        <source>Example: {name}</source>
        <translation>示例：{name}</translation>
    </message>
    <message>
        <source>Choose the folder for pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Pictures folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Keep the trash</source>
        <translation>回收站保留</translation>
    </message>
    <message>
        <source>Pictures that have been in the trash for longer are deleted for good.</source>
        <translation>在回收站中超过此时间的图片将被彻底删除。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Use default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Go back to the usual folder</source>
        <translation>恢复默认文件夹</translation>
    </message>
    <message>
        <source>Fields: {fields}; a slash makes a folder.</source>
        <translation>可用字段：{fields}；斜杠表示文件夹。</translation>
    </message>
</context>
<context>
    <name>FollowRow</name>
    <message>
        <source>Follow the sketch</source>
        <translation>跟随草图</translation>
    </message>
    <message>
        <source>0 only takes its idea, 100 follows every line; the words paint the rest.</source>
        <translation>0 只取大意，100 跟随每一条线；其余由文字描绘。</translation>
    </message>
</context>
<context>
    <name>FormatCard</name>
    <message>
        <source>Format and quality</source>
        <translation>格式与质量</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>The format&apos;s usual quality</source>
        <translation>该格式的默认质量</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>不超过</translation>
    </message>
    <message>
        <source>Limit the size of each file</source>
        <translation>限制每个文件的大小</translation>
    </message>
    <message>
        <source>The highest quality is taken whose file is not larger.</source>
        <translation>采用文件不超过此大小的最高质量。</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>file edited</source>
        <translation>文件已修改</translation>
    </message>
    <message>
        <source>{n} of 5 stars</source>
        <translation>{n} 星（共 5 星）</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>A picture</source>
        <translation>一张图片</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>{n} selected</source>
        <translation>已选 {n} 张</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早在前</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>评分高在前</translation>
    </message>
    <message>
        <source>By file name</source>
        <translation>按文件名</translation>
    </message>
    <message>
        <source>Closest to the sketch first</source>
        <translation>最贴合草图的在前</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Pictures of the library</source>
        <translation>图库中的图片</translation>
    </message>
</context>
<context>
    <name>IPAdaptersCard</name>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>IP-Adapters</source>
        <translation>IP-Adapter</translation>
    </message>
    <message>
        <source>Any model takes colours and light of a style image over. For your own models, add an IP-Adapter that is made for the same family, with the folder image_encoder beside it, and more of its look is taken over.</source>
        <translation>任何模型都能借用风格图的色彩与光感。对于您自己的模型，可以添加为同一系列制作的 IP-Adapter（旁边须有 image_encoder 文件夹），这样能借用更多的观感。</translation>
    </message>
    <message>
        <source>Add a folder of IP-Adapters</source>
        <translation>添加 IP-Adapter 的文件夹</translation>
    </message>
    <message>
        <source>Add the .safetensors file of an IP-Adapter</source>
        <translation>添加 IP-Adapter 的 .safetensors 文件</translation>
    </message>
    <message>
        <source>Remove the IP-Adapter from the list</source>
        <translation>从列表中移除这个 IP-Adapter</translation>
    </message>
</context>
<context>
    <name>IdentityRow</name>
    <message>
        <source>Looking up who signs…</source>
        <translation>正在查询签名者…</translation>
    </message>
    <message>
        <source>Signed as {name} with your own certificate, valid until {date}.</source>
        <translation>以 {name} 的名义用您自己的证书签名，有效期至 {date}。</translation>
    </message>
    <message>
        <source>Signed as {name}, valid until {date}. The certificate was made on this machine: others see that nothing was changed, but not who you are.</source>
        <translation>以 {name} 的名义签名，有效期至 {date}。证书在本机生成：他人能看出内容未经改动，但看不出您是谁（签名者不受公众信任）。</translation>
    </message>
    <message>
        <source>Use my certificate…</source>
        <translation>使用我的证书…</translation>
    </message>
    <message>
        <source>Sign with a certificate of your own</source>
        <translation>用您自己的证书签名</translation>
    </message>
    <message>
        <source>Use this installation&apos;s</source>
        <translation>使用本安装的证书</translation>
    </message>
    <message>
        <source>Sign with the certificate of this installation</source>
        <translation>用本安装的证书签名</translation>
    </message>
</context>
<context>
    <name>ImportSketch</name>
    <message>
        <source>Pasted image</source>
        <translation>粘贴的图片</translation>
    </message>
</context>
<context>
    <name>ImportSketchDialog</name>
    <message>
        <source>An image becomes a sketch</source>
        <translation>图片变草图</translation>
    </message>
    <message>
        <source>Taking the lines out…</source>
        <translation>正在提取线条…</translation>
    </message>
    <message>
        <source>Import a sketch</source>
        <translation>导入草图</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Before: the corners of the paper</source>
        <translation>之前：纸的四角</translation>
    </message>
    <message>
        <source>1 to 4 choose a corner, arrow keys move it, with Shift ten times as far</source>
        <translation>按 1 到 4 选角，方向键移动，按住 Shift 移动十倍距离</translation>
    </message>
    <message>
        <source>Drag the corners onto those of the paper</source>
        <translation>把四个角拖到纸的四角上</translation>
    </message>
    <message>
        <source>Drop a photo, a scan, a picture or an SVG file here, paste one, or choose a file.</source>
        <translation>把照片、扫描件、图片或 SVG 文件拖到这里，粘贴一张，或选择文件。</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>After: the sketch</source>
        <translation>之后：草图</translation>
    </message>
    <message>
        <source>Find the paper</source>
        <translation>找纸</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Propose the corners of the paper again</source>
        <translation>重新找出纸的四角</translation>
    </message>
    <message>
        <source>Take the image as it is, without corners</source>
        <translation>按原样使用图片，不用四角</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>放到</translation>
    </message>
    <message>
        <source>New drawing</source>
        <translation>新画稿</translation>
    </message>
    <message>
        <source>New layer</source>
        <translation>新图层</translation>
    </message>
    <message>
        <source>Begin a new drawing with it</source>
        <translation>用它开始新的画稿</translation>
    </message>
    <message>
        <source>Put it on a layer of the open drawing</source>
        <translation>放到当前画稿的一个图层上</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>ImportStrip</name>
    <message>
        <source>Importing {done} of {total}</source>
        <translation>正在导入第 {done} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>Looking for pictures</source>
        <translation>正在查找图片</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop importing</source>
        <translation>停止导入</translation>
    </message>
    <message>
        <source>How far the import is</source>
        <translation>导入进度</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>About the selected pictures</source>
        <translation>所选图片的信息</translation>
    </message>
    <message>
        <source>Select a picture to see its recipe, its marks and where it comes from.

Ctrl or Shift and a click select several, to rate, tag, compare or export them together.</source>
        <translation>选择一张图片，查看其配方、标记和来历。

按住 Ctrl 或 Shift 点击可选择多张，一起评分、加标签、对比或导出。</translation>
    </message>
</context>
<context>
    <name>InspectorOfMany</name>
    <message>
        <source>{n} pictures</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>Export {n}…</source>
        <translation>导出 {n} 张…</translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>共 {size}</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Look at them side by side</source>
        <translation>并排查看</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Copies for others, with marks</source>
        <translation>供他人使用的副本，附带标记</translation>
    </message>
    <message>
        <source>rated differently</source>
        <translation>评分不同</translation>
    </message>
    <message>
        <source>What they share</source>
        <translation>共同之处</translation>
    </message>
</context>
<context>
    <name>InspectorOfOne</name>
    <message>
        <source>Show full-screen</source>
        <translation>全屏显示</translation>
    </message>
    <message>
        <source>{tool} says:</source>
        <translation>{tool} 的说明：</translation>
    </message>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>No recipe is known.</source>
        <translation>配方未知。</translation>
    </message>
    <message>
        <source>without: {words}</source>
        <translation>排除：{words}</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>再次使用</translation>
    </message>
    <message>
        <source>Lay this recipe out in Create</source>
        <translation>在“创作”中摆出此配方</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核验</translation>
    </message>
    <message>
        <source>Check this picture</source>
        <translation>核验此图片</translation>
    </message>
    <message>
        <source>See what its file carries now</source>
        <translation>查看文件目前携带的信息</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Copies for others, with marks</source>
        <translation>供他人使用的副本，附带标记</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>来龙去脉</translation>
    </message>
</context>
<context>
    <name>KeyboardDialog</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Tab moves through the controls, arrow keys through queue and pictures.</source>
        <translation>Tab 键在控件间移动，方向键在队列和图片间移动。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Lines</source>
        <translation>线条</translation>
    </message>
    <message>
        <source>Must keep</source>
        <translation>必留线条</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Locked part</source>
        <translation>锁定局部</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>Lines that the render follows</source>
        <translation>渲染要遵循的线条</translation>
    </message>
    <message>
        <source>Lines that the render must have, at full weight</source>
        <translation>渲染必须呈现的线条，以最大权重生效</translation>
    </message>
    <message>
        <source>Flat colours: what is where</source>
        <translation>平涂颜色：什么在哪里</translation>
    </message>
    <message>
        <source>What is painted over here stays as it is in the earlier render</source>
        <translation>在此涂抹过的部分将保持先前渲染的样子</translation>
    </message>
    <message>
        <source>To look at; the model never sees it</source>
        <translation>仅供查看；模型不会看到</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>What it is for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>隐藏图层</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>显示图层</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>解锁图层</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>锁定图层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Layers, the uppermost first</source>
        <translation>图层，最上层在前</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>How dense the layer is shown, in percent</source>
        <translation>图层显示的浓度，百分比</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Add a layer above, by what it is for</source>
        <translation>按用途在上方添加图层</translation>
    </message>
</context>
<context>
    <name>LeftOutPanel</name>
    <message>
        <source>Left out: {n}</source>
        <translation>未包含：{n}</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>另有 {n} 个。</translation>
    </message>
    <message>
        <source>Pictures that are left out</source>
        <translation>未包含的图片</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>followed</source>
        <translation>已遵循</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>遗漏</translation>
    </message>
    <message>
        <source>invented</source>
        <translation>多出</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Export {n}…</source>
        <translation>导出 {n} 张…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>清空回收站…</translation>
    </message>
</context>
<context>
    <name>LikeRow</name>
    <message>
        <source>Like {name}</source>
        <translation>像 {name}</translation>
    </message>
    <message>
        <source>Like this picture</source>
        <translation>像这张图</translation>
    </message>
    <message>
        <source>With {name}: not at hand, or for another model</source>
        <translation>用 {name}：找不到，或属于其他模型</translation>
    </message>
    <message>
        <source>With {name}</source>
        <translation>用 {name}</translation>
    </message>
    <message>
        <source>Like a picture…</source>
        <translation>像一张图…</translation>
    </message>
    <message>
        <source>Choose a style image</source>
        <translation>选择风格图</translation>
    </message>
    <message>
        <source>Paste a style image</source>
        <translation>粘贴风格图</translation>
    </message>
    <message>
        <source>0 is the picture without; 100 takes over all that can be.</source>
        <translation>0 等于没有风格图；100 借用能借用的一切。</translation>
    </message>
    <message>
        <source>Take the style image away</source>
        <translation>去掉风格图</translation>
    </message>
    <message>
        <source>Colours and light</source>
        <translation>色彩与光感</translation>
    </message>
    <message>
        <source>Drop, paste or choose a picture whose colours and light are taken over</source>
        <translation>拖入、粘贴或选择一张图片，借用它的色彩与光感</translation>
    </message>
    <message>
        <source>How much like it</source>
        <translation>相像程度</translation>
    </message>
    <message>
        <source>How it is taken over</source>
        <translation>借用的方式</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Bring the style image back</source>
        <translation>恢复风格图</translation>
    </message>
</context>
<context>
    <name>Lineage</name>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>起始图片</translation>
    </message>
    <message>
        <source>Drawn after the sketch</source>
        <translation>依据草图</translation>
    </message>
    <message>
        <source>Other renders of the sketch</source>
        <translation>同一草图的其他渲染</translation>
    </message>
    <message>
        <source>Same recipe, other seed</source>
        <translation>同一配方，不同种子</translation>
    </message>
    <message>
        <source>Same picture in another file</source>
        <translation>同一图片的其他文件</translation>
    </message>
    <message>
        <source>Made from this</source>
        <translation>由此图生成</translation>
    </message>
    <message>
        <source>Went out as</source>
        <translation>已导出为</translation>
    </message>
    <message>
        <source>Sketch {name}</source>
        <translation>草图 {name}</translation>
    </message>
    <message>
        <source>Sketch {name}, not kept any more</source>
        <translation>草图 {name}，已不再保留</translation>
    </message>
    <message>
        <source>{name}, not in your library</source>
        <translation>{name}，不在图库中</translation>
    </message>
    <message>
        <source>No relatives yet: neither copies, nor exports, nor variants.</source>
        <translation>暂无关联：没有副本、导出或变体。</translation>
    </message>
</context>
<context>
    <name>LiveButton</name>
    <message>
        <source>Live mode</source>
        <translation>实时模式</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
</context>
<context>
    <name>LiveWords</name>
    <message>
        <source>waits for lines</source>
        <translation>等待线条</translation>
    </message>
    <message>
        <source>starts again</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>after this picture</source>
        <translation>在这张图片之后</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>A picture of the queue is being made; the live picture comes after it.</source>
        <translation>正在制作队列中的图片；实时图片随后到来。</translation>
    </message>
    <message>
        <source>Let the picture follow the pen while you draw.</source>
        <translation>绘制时让图片跟随画笔。</translation>
    </message>
    <message>
        <source>Draw something, and the picture follows.</source>
        <translation>画点什么，图片就会跟上。</translation>
    </message>
    <message>
        <source>A quick picture is being made.</source>
        <translation>正在制作快速图片。</translation>
    </message>
    <message>
        <source>The pen rests, so the picture is made with all its steps.</source>
        <translation>画笔已停，正在以全部步数制作图片。</translation>
    </message>
    <message>
        <source>What is shown is up to date.</source>
        <translation>所示图片是最新的。</translation>
    </message>
    <message>
        <source>The worker starts again; then live mode goes on.</source>
        <translation>工作进程正在重新启动；之后实时模式会继续。</translation>
    </message>
</context>
<context>
    <name>LoraRow</name>
    <message>
        <source>Put “{words}” into the prompt</source>
        <translation>将“{words}”写入提示词</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用法</translation>
    </message>
    <message>
        <source>Rank: {rank}</source>
        <translation>秩：{rank}</translation>
    </message>
    <message>
        <source>Its notes are too long to be read.</source>
        <translation>它的说明太长，未读取。</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>使用 {name}</translation>
    </message>
    <message>
        <source>Weight of {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>Take {name} out of the stack</source>
        <translation>将 {name} 移出列表</translation>
    </message>
    <message>
        <source>Drag to change the order (Alt+Up, Alt+Down)</source>
        <translation>拖动以更改顺序（Alt+上、Alt+下）</translation>
    </message>
</context>
<context>
    <name>LoraStack</name>
    <message>
        <source>From a file…</source>
        <translation>来自文件…</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>来自文件夹…</translation>
    </message>
    <message>
        <source>LoRAs (*.safetensors)</source>
        <translation>LoRA（*.safetensors）</translation>
    </message>
    <message>
        <source>Choose LoRAs</source>
        <translation>选择 LoRA</translation>
    </message>
    <message>
        <source>Find the LoRA</source>
        <translation>查找 LoRA</translation>
    </message>
    <message>
        <source>Choose a folder of LoRAs</source>
        <translation>选择 LoRA 文件夹</translation>
    </message>
    <message>
        <source>{name} was taken out.</source>
        <translation>已移出 {name}。</translation>
    </message>
    <message>
        <source>A LoRA adds a look or a thing to the model. Drop its file here, or add one.</source>
        <translation>LoRA 为模型增添一种风格或事物。将文件拖到这里，或添加一个。</translation>
    </message>
    <message>
        <source>Add a LoRA</source>
        <translation>添加 LoRA</translation>
    </message>
    <message>
        <source>Up to 8 act together, in this order</source>
        <translation>最多 8 个按此顺序一起作用</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Put the LoRA back into the stack</source>
        <translation>将 LoRA 放回列表</translation>
    </message>
</context>
<context>
    <name>MarkRows</name>
    <message>
        <source>Not made here. Check tells which marks its file carries.</source>
        <translation>并非在此生成。“核验”会说明文件带有哪些标记。</translation>
    </message>
    <message>
        <source>As they were before the file was changed:</source>
        <translation>文件被改动之前的情况：</translation>
    </message>
    <message>
        <source>watermark {id}</source>
        <translation>水印 {id}</translation>
    </message>
    <message>
        <source>recipe as text</source>
        <translation>配方文本</translation>
    </message>
    <message>
        <source>AI label (IPTC)</source>
        <translation>AI 标识（IPTC）</translation>
    </message>
    <message>
        <source>AI label (TC260)</source>
        <translation>AI 标识（TC260）</translation>
    </message>
    <message>
        <source>visible label</source>
        <translation>显式标识</translation>
    </message>
    <message>
        <source>extra mark</source>
        <translation>附加标记</translation>
    </message>
    <message>
        <source>signed by this studio</source>
        <translation>由本工作室签名</translation>
    </message>
    <message>
        <source>{mark}, {psnr} dB</source>
        <translation>{mark}，{psnr} dB</translation>
    </message>
    <message>
        <source>{mark}: not readable</source>
        <translation>{mark}：无法读取</translation>
    </message>
    <message>
        <source>no watermark</source>
        <translation>无水印</translation>
    </message>
    <message>
        <source>no recipe in the file</source>
        <translation>文件中无配方</translation>
    </message>
    <message>
        <source>no AI label</source>
        <translation>无 AI 标识</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>未签名</translation>
    </message>
</context>
<context>
    <name>MarksCard</name>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Rules of</source>
        <translation>适用规则</translation>
    </message>
    <message>
        <source>Invisible mark</source>
        <translation>隐形标记</translation>
    </message>
    <message>
        <source>Visible label</source>
        <translation>可见标识</translation>
    </message>
    <message>
        <source>Timestamp</source>
        <translation>时间戳</translation>
    </message>
    <message>
        <source>Second mark</source>
        <translation>第二标记</translation>
    </message>
    <message>
        <source>What these rules ask for</source>
        <translation>这些规则的要求</translation>
    </message>
    <message>
        <source>Sample of the visible label</source>
        <translation>可见标识示例</translation>
    </message>
    <message>
        <source>Write the recipe into the file</source>
        <translation>把配方写入文件</translation>
    </message>
    <message>
        <source>Sign the file (C2PA)</source>
        <translation>为文件签名（C2PA）</translation>
    </message>
    <message>
        <source>Allow training and data mining</source>
        <translation>允许用于训练和数据挖掘</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Strong survives smaller crops and harder compression; on very smooth areas it may just be seen. No picture goes without a mark.</source>
        <translation>“强”能经受更小的裁剪和更重的压缩；在非常平滑的区域可能隐约可见。任何图片都会带有标记。</translation>
    </message>
    <message>
        <source>Prompt, seed and settings, so that the picture can be made again from its file. The watermark and the AI label are always written; they name no person.</source>
        <translation>包括提示词、种子和各项设置，凭文件即可再次生成同一张图片。水印和 AI 标识始终会写入，其中不含任何个人信息。</translation>
    </message>
    <message>
        <source>A statement in the signed manifest, for whoever gathers pictures to train models; it forbids unless this is chosen.</source>
        <translation>写入签名清单的声明，面向收集图片训练模型的人；不勾选则为禁止。</translation>
    </message>
    <message>
        <source>The address of an RFC 3161 authority that confirms the time of signing. It is asked over the network for every picture and learns a digest, not the picture.</source>
        <translation>为签名时间作证的 RFC 3161 时间戳服务的地址。每张图片都会通过网络向其请求，它只得到摘要，得不到图片。</translation>
    </message>
    <message>
        <source>Written by invisible-watermark, for programs that read its marks.</source>
        <translation>由 invisible-watermark 写入，供能读取其标记的程序使用。</translation>
    </message>
    <message>
        <source>European Union (AI Act, Article 50)</source>
        <translation>欧盟（《人工智能法》第 50 条）</translation>
    </message>
    <message>
        <source>China (GB 45438-2025)</source>
        <translation>中国（GB 45438-2025）</translation>
    </message>
    <message>
        <source>California (SB 942)</source>
        <translation>加利福尼亚州（SB 942）</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>As the rules ask</source>
        <translation>按规则要求</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Add a model folder…</source>
        <translation>添加模型文件夹…</translation>
    </message>
    <message>
        <source>Add a .safetensors file…</source>
        <translation>添加 .safetensors 文件…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model that makes the pictures. Drop a model folder or a .safetensors file on the window to add one.</source>
        <translation>用来生成图片的模型。把模型文件夹或 .safetensors 文件拖到窗口上即可添加。</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>模型 (*.safetensors)</translation>
    </message>
</context>
<context>
    <name>NamesCard</name>
    <message>
        <source>Names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Name is taken</source>
        <translation>名称已被占用时</translation>
    </message>
    <message>
        <source>A slash makes a folder</source>
        <translation>斜杠表示文件夹</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>The prompt, made fit for a name</source>
        <translation>提示词，整理成可用的文件名</translation>
    </message>
    <message>
        <source>The picture&apos;s number, which is also in its invisible mark</source>
        <translation>图片编号，它也在隐形标记中</translation>
    </message>
    <message>
        <source>A hyphen and the name of the size</source>
        <translation>连字符加尺寸名称</translation>
    </message>
    <message>
        <source>The name of the file in the library</source>
        <translation>图库中的文件名</translation>
    </message>
    <message>
        <source>The first board that the picture is on</source>
        <translation>图片所在的第一个画板</translation>
    </message>
    <message>
        <source>The rating, 0 to 5</source>
        <translation>评分，0 到 5</translation>
    </message>
    <message>
        <source>The day it was made</source>
        <translation>生成日期</translation>
    </message>
    <message>
        <source>The time it was made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>The seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>A number that counts the pictures</source>
        <translation>图片的序号</translation>
    </message>
    <message>
        <source>Add {field}</source>
        <translation>添加 {field}</translation>
    </message>
</context>
<context>
    <name>NoteEdit</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write something to find it by. It is saved as you type.</source>
        <translation>写点便于查找的内容，输入即保存。</translation>
    </message>
</context>
<context>
    <name>OptionsPopover</name>
    <message>
        <source>Brush and pen</source>
        <translation>画笔与压感笔</translation>
    </message>
    <message>
        <source>Mirror and guides</source>
        <translation>镜像与辅助线</translation>
    </message>
    <message>
        <source>Shapes, filling</source>
        <translation>形状与填充</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>How much of the brush is solid</source>
        <translation>笔刷实心部分的比例</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>How calmly the line comes after the hand; 0 switches it off</source>
        <translation>线条跟随手部的平稳程度；0 为关闭</translation>
    </message>
    <message>
        <source>Pressure: size</source>
        <translation>压感：粗细</translation>
    </message>
    <message>
        <source>How much of the width the pressure rules</source>
        <translation>压力对粗细的影响程度</translation>
    </message>
    <message>
        <source>Pressure: opacity</source>
        <translation>压感：浓度</translation>
    </message>
    <message>
        <source>How much of the opacity the pressure rules</source>
        <translation>压力对不透明度的影响程度</translation>
    </message>
    <message>
        <source>Pressure curve</source>
        <translation>压感曲线</translation>
    </message>
    <message>
        <source>Below 1 for a light hand, above it a firm one</source>
        <translation>小于 1 适合轻手，大于 1 适合重手</translation>
    </message>
    <message>
        <source>Tilt: size</source>
        <translation>倾斜：粗细</translation>
    </message>
    <message>
        <source>How much wider a pen that lies flat draws</source>
        <translation>笔放平时画得更宽的程度</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Distance of the grid&apos;s lines, in pixels</source>
        <translation>网格线间距，像素</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>How different a filled pixel may be, 0 to 255</source>
        <translation>被填充像素允许的差异，0 到 255</translation>
    </message>
    <message>
        <source>Close gaps</source>
        <translation>闭合缺口</translation>
    </message>
    <message>
        <source>Openings up to this wide are no way out for a filling, in pixels</source>
        <translation>不超过此宽度的缺口不会让填充漏出，像素</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>辅助线</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Above and below</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>One vanishing point</source>
        <translation>一点透视</translation>
    </message>
    <message>
        <source>Two vanishing points</source>
        <translation>两点透视</translation>
    </message>
    <message>
        <source>Three vanishing points</source>
        <translation>三点透视</translation>
    </message>
    <message>
        <source>Strokes snap to the guides</source>
        <translation>笔画吸附到辅助线</translation>
    </message>
    <message>
        <source>Shapes are filled</source>
        <translation>填充形状</translation>
    </message>
    <message>
        <source>A finger draws, too</source>
        <translation>手指也可以绘制</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>Empty trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Delete the files of {n} pictures for good?</source>
        <translation>要永久删除 {n} 张图片的文件吗？</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Put on board</source>
        <translation>放到画板</translation>
    </message>
</context>
<context>
    <name>PaperHint</name>
    <message>
        <source>Draw here</source>
        <translation>在这里画</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>or mouse: draw an outline</source>
        <translation>或鼠标：画出轮廓</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>拖放</translation>
    </message>
    <message>
        <source>a photo of a sketch on paper</source>
        <translation>纸上草图的照片</translation>
    </message>
    <message>
        <source>Ctrl V</source>
        <translation>Ctrl V</translation>
    </message>
    <message>
        <source>pastes a sketch</source>
        <translation>粘贴草图</translation>
    </message>
    <message>
        <source>or begin with an example</source>
        <translation>或从示例开始</translation>
    </message>
    <message>
        <source>Mug</source>
        <translation>马克杯</translation>
    </message>
    <message>
        <source>Teapot</source>
        <translation>茶壶</translation>
    </message>
    <message>
        <source>Chair</source>
        <translation>椅子</translation>
    </message>
    <message>
        <source>Table lamp</source>
        <translation>台灯</translation>
    </message>
    <message>
        <source>Vase</source>
        <translation>花瓶</translation>
    </message>
    <message>
        <source>Toy car</source>
        <translation>玩具车</translation>
    </message>
    <message>
        <source>Example sketch: {name}</source>
        <translation>示例草图：{name}</translation>
    </message>
</context>
<context>
    <name>PapersCard</name>
    <message>
        <source>Contact sheet and lists</source>
        <translation>缩略图页与清单</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>缩略图页</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>List of files</source>
        <translation>文件清单</translation>
    </message>
    <message>
        <source>List as {format}</source>
        <translation>{format} 清单</translation>
    </message>
    <message>
        <source>Sheet as {format}</source>
        <translation>{format} 缩略图页</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Name and number below each picture</source>
        <translation>每张图片下方显示名称和编号</translation>
    </message>
</context>
<context>
    <name>PictureInspector</name>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Arrow keys move it, with Shift they resize it, plus and minus grow or shrink</source>
        <translation>方向键移动，按住 Shift 调整大小，加减键放大或缩小</translation>
    </message>
    <message>
        <source>Drag the frame or its edges; the bright part is what is learned</source>
        <translation>拖动裁剪框或它的边；明亮的部分会被学习</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Learn from the whole picture</source>
        <translation>学习整张图片</translation>
    </message>
    <message>
        <source>As proposed</source>
        <translation>按建议</translation>
    </message>
    <message>
        <source>Back to the crop that was proposed</source>
        <translation>恢复建议的裁剪</translation>
    </message>
    <message>
        <source>Hold back to judge by</source>
        <translation>留出作检验</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>仍然使用</translation>
    </message>
    <message>
        <source>Use it although it looks like another one</source>
        <translation>虽然与另一张相像，仍然使用</translation>
    </message>
    <message>
        <source>Not learned from, so that it tells how well the others were learned</source>
        <translation>不参与学习，用来检验其他图片学得如何</translation>
    </message>
</context>
<context>
    <name>PicturesTab</name>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Learn from it</source>
        <translation>用于学习</translation>
    </message>
    <message>
        <source>Hold back to judge by</source>
        <translation>留出作检验</translation>
    </message>
    <message>
        <source>{n} of {total} will be used</source>
        <translation>将使用 {total} 张中的 {n} 张</translation>
    </message>
    <message>
        <source>{n} of them held back to judge by</source>
        <translation>其中 {n} 张留出作检验</translation>
    </message>
    <message>
        <source>looking: {n}</source>
        <translation>正在查看：{n}</translation>
    </message>
    <message>
        <source>Drop {few} to {many} pictures here</source>
        <translation>把 {few} 到 {many} 张图片拖到这里</translation>
    </message>
    <message>
        <source>•  One look: all of them made the same way, by the same hand or light.</source>
        <translation>•  同一种风格：同样的手法或同样的光线。</translation>
    </message>
    <message>
        <source>•  Many subjects: else the style learns the thing instead of the look.</source>
        <translation>•  不同的题材：否则学到的是物体，而不是风格。</translation>
    </message>
    <message>
        <source>•  Sharp, and without text, frames or watermarks: these are learned too.</source>
        <translation>•  清晰，没有文字、边框或水印：这些也会被学进去。</translation>
    </message>
    <message>
        <source>•  Pictures that you may use. They stay on this computer.</source>
        <translation>•  您有权使用的图片。它们只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Choose picture files</source>
        <translation>选择图片文件</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Look again at what could not be used</source>
        <translation>重新查看不能使用的图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Looking at the pictures</source>
        <translation>正在查看图片</translation>
    </message>
</context>
<context>
    <name>PlanTab</name>
    <message>
        <source>{n} (preset)</source>
        <translation>{n}（预设）</translation>
    </message>
    <message>
        <source>{n} steps</source>
        <translation>{n} 步</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>内存 {size}</translation>
    </message>
    <message>
        <source>{size} of {total}, {free} free</source>
        <translation>需要 {size}，共 {total}，可用 {free}</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>as the last training took on this computer</source>
        <translation>根据这台电脑上一次训练的用时</translation>
    </message>
    <message>
        <source>an estimate; the first training on this computer will tell better</source>
        <translation>为估计值；在这台电脑上训练一次后会更准</translation>
    </message>
    <message>
        <source>about {time}, {basis}</source>
        <translation>约 {time}，{basis}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>{size}, {free} free</source>
        <translation>需要 {size}，可用 {free}</translation>
    </message>
    <message>
        <source>How much time it gets</source>
        <translation>训练多久</translation>
    </message>
    <message>
        <source>What it takes of this computer</source>
        <translation>对这台电脑的要求</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>The numbers of the training</source>
        <translation>训练的各项参数</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>1 to {n}</source>
        <translation>1 到 {n}</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>1 to {n}; higher learns more, and copies sooner</source>
        <translation>1 到 {n}；越高学得越多，也越容易照抄</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Up to 0.1; too high destroys, too low idles</source>
        <translation>最高 0.1；太高会破坏模型，太低学不到东西</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>1 to {n} pictures at a time</source>
        <translation>每次 1 到 {n} 张图片</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed draws the same lots again</source>
        <translation>相同的种子会作出相同的随机选择</translation>
    </message>
    <message>
        <source>As the preset says</source>
        <translation>按预设</translation>
    </message>
    <message>
        <source>Take all numbers from the preset again</source>
        <translation>所有参数恢复为预设值</translation>
    </message>
</context>
<context>
    <name>PresenceNote</name>
    <message>
        <source>In the trash since {day}.</source>
        <translation>于 {day} 移到回收站。</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>The file is not where it was: it was moved, renamed or deleted outside of Maquette. Everything known of it is kept.</source>
        <translation>文件不在原处：已在 Maquette 之外被移动、改名或删除。已知的一切仍然保留。</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Another program changed the file after it was saved. The recipe is that of the picture as it was; marks may be gone.</source>
        <translation>文件保存后被其他程序改动过。配方属于改动前的图片，标记可能已丢失。</translation>
    </message>
    <message>
        <source>Check this picture</source>
        <translation>核验此图片</translation>
    </message>
</context>
<context>
    <name>PresetList</name>
    <message>
        <source>New preset</source>
        <translation>新预设</translation>
    </message>
    <message>
        <source>“{name}” is as it was.</source>
        <translation>“{name}”已恢复原样。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>已删除“{name}”。</translation>
    </message>
    <message>
        <source>Import a preset</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Export presets (*.json)</source>
        <translation>导出预设 (*.json)</translation>
    </message>
    <message>
        <source>Save the preset as a file</source>
        <translation>将预设保存为文件</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>保存为文件…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>导出预设</translation>
    </message>
    <message>
        <source>Duplicate the preset</source>
        <translation>复制预设</translation>
    </message>
    <message>
        <source>Delete the preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>More about presets</source>
        <translation>更多预设操作</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Languages that this model understands</source>
        <translation>此模型能理解的语言</translation>
    </message>
    <message>
        <source>Without a prompt the model makes whatever comes to it.</source>
        <translation>没有提示词时，模型会自由发挥。</translation>
    </message>
    <message>
        <source>This model was taught English prompts; Chinese may not reach it.</source>
        <translation>此模型只学过英文提示词，中文可能不起作用。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Describe the picture: the thing, what it is made of, the light, the background.
For example: a blue glass vase on a marble table</source>
        <translation>描述想要的图片：物体、材质、光线、背景。
例如：大理石桌面上的蓝色玻璃花瓶</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>图片中要出现的内容</translation>
    </message>
    <message>
        <source>What the picture should not show</source>
        <translation>图片中不应出现的内容</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>What to keep away from</source>
        <translation>要避免的内容</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>图片数量</translation>
    </message>
    <message>
        <source>How many pictures to make</source>
        <translation>要生成多少张图片</translation>
    </message>
    <message>
        <source>Show or hide the negative prompt</source>
        <translation>显示或隐藏反向提示词</translation>
    </message>
</context>
<context>
    <name>QueueDelegate</name>
    <message>
        <source>Cancel what is left of it</source>
        <translation>取消剩余部分</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Skip it</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Try it anyway</source>
        <translation>仍要尝试</translation>
    </message>
    <message>
        <source>Queue it again</source>
        <translation>重新排入队列</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h} 小时 {min} 分钟</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} / {total}</translation>
    </message>
    <message>
        <source>problems: {n}</source>
        <translation>有问题：{n}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>try {n} of {total}</source>
        <translation>第 {n}/{total} 次尝试</translation>
    </message>
    <message>
        <source>fidelity {score}</source>
        <translation>保真度 {score}</translation>
    </message>
    <message>
        <source>best {score}</source>
        <translation>最佳 {score}</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>waiting in another program</source>
        <translation>在另一个程序中等待</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>being made by another program</source>
        <translation>另一个程序正在生成</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>done · {seconds} s</source>
        <translation>完成 · {seconds} 秒</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>已搁置</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 个等待中</translation>
    </message>
    <message>
        <source>Paused. What is being made is finished first.</source>
        <translation>已暂停，正在生成的图片会先完成。</translation>
    </message>
    <message>
        <source>Paused. Nothing new is begun.</source>
        <translation>已暂停，不会开始新的任务。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with what waits</source>
        <translation>继续等待中的任务</translation>
    </message>
    <message>
        <source>Begin nothing new; what is being made is finished</source>
        <translation>不开始新任务；正在生成的会完成</translation>
    </message>
    <message>
        <source>Duplicate with changes</source>
        <translation>复制并修改</translation>
    </message>
    <message>
        <source>Try it anyway</source>
        <translation>仍要尝试</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing is waiting. What you generate lines up here.</source>
        <translation>队列为空。要生成的图片会在这里排队。</translation>
    </message>
    <message>
        <source>A file of prompts becomes a batch: drop it on the window.</source>
        <translation>提示词文件可以成批生成：把它拖到窗口上。</translation>
    </message>
    <message>
        <source>More about the queue</source>
        <translation>更多队列操作</translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Quick look</source>
        <translation>快速查看</translation>
    </message>
</context>
<context>
    <name>RatingStars</name>
    <message>
        <source>Rating: different</source>
        <translation>评分：不同</translation>
    </message>
    <message>
        <source>Rating: {n} of 5</source>
        <translation>评分：{n}/5</translation>
    </message>
    <message>
        <source>{rating}. Keys 0 to 5 change it.</source>
        <translation>{rating}。按 0 到 5 更改。</translation>
    </message>
</context>
<context>
    <name>RecentModel</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
</context>
<context>
    <name>RecentPanel</name>
    <message>
        <source>{n} today</source>
        <translation>今天 {n} 张</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Pictures gather here. A click shows one; drag it out to use its file.</source>
        <translation>生成的图片会汇集在这里。单击查看，拖出即可使用文件。</translation>
    </message>
    <message>
        <source>Pictures made lately</source>
        <translation>最近生成的图片</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>seed {seed} · {steps} steps · {width} × {height}</source>
        <translation>种子 {seed} · {steps} 步 · {width} × {height}</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>Mark: {id}</source>
        <translation>标记：{id}</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>What happened to it</source>
        <translation>经历了什么</translation>
    </message>
</context>
<context>
    <name>RoomFiles</name>
    <message>
        <source>autosaved</source>
        <translation>已自动保存</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Traced render</source>
        <translation>描摹的渲染</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>{n} without a file</source>
        <translation>{n} 个没有生成文件</translation>
    </message>
    <message>
        <source>cancelled, {made} of {total} files are there</source>
        <translation>已取消，{total} 个文件中已有 {made} 个</translation>
    </message>
    <message>
        <source>{done} of {total} files</source>
        <translation>{done}/{total} 个文件</translation>
    </message>
    <message>
        <source>{far}, then it was interrupted</source>
        <translation>{far}，随后中断</translation>
    </message>
    <message>
        <source>{far}, waits for the export before it</source>
        <translation>{far}，等待前面的导出</translation>
    </message>
    <message>
        <source>{far}, stopping…</source>
        <translation>{far}，正在停止…</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>{n} were there already</source>
        <translation>{n} 个已存在</translation>
    </message>
    <message>
        <source>{n} could not be made</source>
        <translation>{n} 个无法生成</translation>
    </message>
    <message>
        <source>{n} left out</source>
        <translation>{n} 个未包含</translation>
    </message>
    <message>
        <source>with sheets and lists</source>
        <translation>附缩略图页或清单</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩余 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>剩余 {n} 秒</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try those again</source>
        <translation>重试这些文件</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Takes the export off the list; its files stay</source>
        <translation>从列表中移除此次导出；文件保留</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Exports</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>SampleSheet</name>
    <message>
        <source>after {step} steps</source>
        <translation>第 {step} 步后</translation>
    </message>
    <message>
        <source>Pictures on the way</source>
        <translation>途中的图片</translation>
    </message>
    <message>
        <source>Look back at earlier pictures</source>
        <translation>回看较早的图片</translation>
    </message>
    <message>
        <source>While the style is learned, the same four pictures are made again and again, with the same seeds, so that you see what changes. The first come with the second look at the held-out pictures.</source>
        <translation>学习风格期间，会用相同的种子反复生成同样的四张图片，让你看到变化。第一批会在第二次检查留出图片时出现。</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>{n} pictures</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>{count}, {time} ms</source>
        <translation>{count}，{time} 毫秒</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>Words, or fields as in: mug style:ink rating:&gt;=4 after:2026-01-01. The down key shows earlier searches.</source>
        <translation>输入词语，或使用字段，例如：马克杯 风格:水墨 评分:&gt;=4 晚于:2026-01-01。按向下键显示之前的搜索。</translation>
    </message>
    <message>
        <source>Search: mug material:copper rating:&gt;=4</source>
        <translation>搜索：马克杯 材质:铜 评分:&gt;=4</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>SeedRow</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed and recipe make the same picture again.</source>
        <translation>相同的种子和配方会生成相同的图片。</translation>
    </message>
    <message>
        <source>Draw a new seed</source>
        <translation>换一个新种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>锁定此种子</translation>
    </message>
    <message>
        <source>Locked: every Generate uses this seed. Open: each draws a new one.</source>
        <translation>锁定：每次生成都用此种子。解锁：每次换一个新种子。</translation>
    </message>
</context>
<context>
    <name>SettingsColumn</name>
    <message>
        <source>light lines on dark</source>
        <translation>深底浅线</translation>
    </message>
    <message>
        <source>dark lines on light</source>
        <translation>浅底深线</translation>
    </message>
    <message>
        <source>the paper&apos;s corners were not found</source>
        <translation>没有找到纸的四角</translation>
    </message>
    <message>
        <source>printed lines taken out</source>
        <translation>已去掉印刷线</translation>
    </message>
    <message>
        <source>one gap in the lines</source>
        <translation>线条有一处断开</translation>
    </message>
    <message>
        <source>{n} gaps in the lines</source>
        <translation>线条有 {n} 处断开</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>Photo of a drawing</source>
        <translation>画稿照片</translation>
    </message>
    <message>
        <source>Clean drawing</source>
        <translation>干净的线稿</translation>
    </message>
    <message>
        <source>Picture of things</source>
        <translation>实物图片</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>图片类型</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线条</translation>
    </message>
    <message>
        <source>Dark on light</source>
        <translation>浅底深线</translation>
    </message>
    <message>
        <source>Light on dark</source>
        <translation>深底浅线</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>粗细</translation>
    </message>
    <message>
        <source>How thick the lines are drawn, from hair to marker</source>
        <translation>线条画多粗：从发丝到马克笔</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>How faint and how short a line may be and still count</source>
        <translation>多淡、多短的线仍算线条</translation>
    </message>
    <message>
        <source>Take printed lines out</source>
        <translation>去掉印刷线</translation>
    </message>
    <message>
        <source>The lines of ruled or squared paper</source>
        <translation>横格纸或方格纸上的线</translation>
    </message>
    <message>
        <source>Keep the framing</source>
        <translation>保持构图</translation>
    </message>
    <message>
        <source>Else what was drawn is put into the middle, as large as fits</source>
        <translation>否则画的内容居中放置，尽量放大</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>{path}  ·  not found</source>
        <translation>{path}  ·  未找到</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Previews on style cards</source>
        <translation>风格卡片上的预览</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器 (CPU)</translation>
    </message>
    <message>
        <source>Graphics card (CUDA, ROCm)</source>
        <translation>显卡 (CUDA、ROCm)</translation>
    </message>
    <message>
        <source>Apple graphics (Metal)</source>
        <translation>Apple 图形处理器 (Metal)</translation>
    </message>
    <message>
        <source>Where they are quick</source>
        <translation>仅在够快时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>A change here starts the engine again, as soon as no picture is being made.</source>
        <translation>更改后，等没有图片在生成时，引擎会重新启动。</translation>
    </message>
    <message>
        <source>Show the picture while it forms</source>
        <translation>生成过程中实时显示图片</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a .safetensors file</source>
        <translation>添加 .safetensors 文件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the model from the list</source>
        <translation>从列表中移除模型</translation>
    </message>
    <message>
        <source>Takes the model off the list; its files stay where they are.</source>
        <translation>只从列表中移除，模型文件保留在原处。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes it off the list; its files stay where they are.</source>
        <translation>只从列表中移除，文件保留在原处。</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove board</source>
        <translation>移除画板</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>New board…</source>
        <translation>新建画板…</translation>
    </message>
    <message>
        <source>Boards</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Narrow down</source>
        <translation>缩小范围</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>新建画板</translation>
    </message>
    <message>
        <source>Name of the board</source>
        <translation>画板名称</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Size {size}</source>
        <translation>尺寸 {size}</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>边框颜色</translation>
    </message>
    <message>
        <source>Name of the size</source>
        <translation>尺寸名称</translation>
    </message>
    <message>
        <source>Stands for {size} in file names</source>
        <translation>在文件名中代替 {size}</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>无名称</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>free</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>How pictures meet the frame</source>
        <translation>图片如何适应画框</translation>
    </message>
    <message>
        <source>enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Enlarge pictures that are smaller</source>
        <translation>放大较小的图片</translation>
    </message>
    <message>
        <source>Colour of the border</source>
        <translation>边框颜色</translation>
    </message>
    <message>
        <source>Remove this size</source>
        <translation>移除此尺寸</translation>
    </message>
</context>
<context>
    <name>SizesCard</name>
    <message>
        <source>Filling and borders need both width and height.</source>
        <translation>裁切填满和加边框都需要宽度和高度。</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>画框</translation>
    </message>
    <message>
        <source>Add a size</source>
        <translation>添加尺寸</translation>
    </message>
</context>
<context>
    <name>SketchAdvanced</name>
    <message>
        <source>Set by the slider again</source>
        <translation>重新由滑块设定</translation>
    </message>
    <message>
        <source>Set by the slider</source>
        <translation>由滑块设定</translation>
    </message>
    <message>
        <source>Lines of a sketch</source>
        <translation>草图的线条</translation>
    </message>
    <message>
        <source>Every visible edge</source>
        <translation>每一条可见边缘</translation>
    </message>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带的</translation>
    </message>
    <message>
        <source>The first that fits</source>
        <translation>第一个适用的</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings of the sketch</source>
        <translation>草图的高级设置</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much of the sketch&apos;s say is added.</source>
        <translation>草图的作用加入多少。</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>The share of the steps before it has a say.</source>
        <translation>在多大比例的步数之后草图开始起作用。</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>The share of the steps after which it has none; details are free then.</source>
        <translation>在多大比例的步数之后草图不再起作用，此后细节自由发挥。</translation>
    </message>
    <message>
        <source>Guidance by the sketch</source>
        <translation>草图引导</translation>
    </message>
    <message>
        <source>Above 1 leads away from the picture without the sketch; it takes longer.</source>
        <translation>大于 1 会远离没有草图时的图片；耗时更长。</translation>
    </message>
    <message>
        <source>Guidance by outlines</source>
        <translation>轮廓引导</translation>
    </message>
    <message>
        <source>Draws edges onto the lines themselves; for models with a small decoder.</source>
        <translation>让边缘落在线条本身上；适用于解码器小的模型。</translation>
    </message>
    <message>
        <source>Try again until the fidelity is at least</source>
        <translation>反复尝试，直到保真度不低于</translation>
    </message>
    <message>
        <source>0 asks for nothing; below it another seed is tried.</source>
        <translation>0 表示不作要求；低于此值时换一个种子再试。</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>呈现为</translation>
    </message>
    <message>
        <source>What the lines are to the model</source>
        <translation>这些线条对模型意味着什么</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>Control model</source>
        <translation>控制模型</translation>
    </message>
    <message>
        <source>The network that reads the sketch</source>
        <translation>读取草图的网络</translation>
    </message>
    <message>
        <source>Add a control model…</source>
        <translation>添加控制模型…</translation>
    </message>
    <message>
        <source>Choose a ControlNet or T2I-Adapter on this machine</source>
        <translation>选择本机上的 ControlNet 或 T2I-Adapter</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>File (.safetensors)…</source>
        <translation>文件 (.safetensors)…</translation>
    </message>
    <message>
        <source>Keep what the lock layer covers</source>
        <translation>保留锁定图层覆盖的部分</translation>
    </message>
    <message>
        <source>Tries at most</source>
        <translation>最多尝试次数</translation>
    </message>
</context>
<context>
    <name>SketchBar</name>
    <message>
        <source>Layers: {count}</source>
        <translation>图层：{count}</translation>
    </message>
    <message>
        <source>{action}: {step}</source>
        <translation>{action}：{step}</translation>
    </message>
</context>
<context>
    <name>SketchCanvas</name>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>The paper to draw on with pen, mouse or finger; every tool has a key</source>
        <translation>可用压感笔、鼠标或手指绘画的画纸；每个工具都有快捷键</translation>
    </message>
    <message>
        <source>This layer is locked; unlock it or choose another one.</source>
        <translation>此图层已锁定；请解锁或选择其他图层。</translation>
    </message>
    <message>
        <source>This layer is hidden; show it or choose another one.</source>
        <translation>此图层已隐藏；请显示它或选择其他图层。</translation>
    </message>
    <message>
        <source>The drawing is still being changed; try again in a moment.</source>
        <translation>画稿仍在更改中，请稍后再试。</translation>
    </message>
</context>
<context>
    <name>SketchHead</name>
    <message>
        <source>Untitled sketch</source>
        <translation>未命名草图</translation>
    </message>
    <message>
        <source>Name of the sketch</source>
        <translation>草图名称</translation>
    </message>
    <message>
        <source>Click to rename the sketch</source>
        <translation>点击可重命名草图</translation>
    </message>
    <message>
        <source>Sketch files</source>
        <translation>草图文件</translation>
    </message>
    <message>
        <source>New, open, save, delete</source>
        <translation>新建、打开、保存、删除</translation>
    </message>
    <message>
        <source>Recent sketches</source>
        <translation>最近的草图</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Sketch left, render right</source>
        <translation>左边草图，右边渲染</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Draw on top of the render</source>
        <translation>在渲染之上绘制</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划变</translation>
    </message>
    <message>
        <source>Draw a line between sketch and render</source>
        <translation>在草图与渲染之间拖动分界线</translation>
    </message>
    <message>
        <source>Detach</source>
        <translation>分离</translation>
    </message>
    <message>
        <source>Sketch or render in its own window</source>
        <translation>让草图或渲染使用独立窗口</translation>
    </message>
</context>
<context>
    <name>SketchPanel</name>
    <message>
        <source>Switched off: pictures are made from the words alone.</source>
        <translation>已关闭：图片仅由文字生成。</translation>
    </message>
    <message>
        <source>{model} cannot follow a sketch by itself. Choose a control model for it under Advanced, or the built-in model.</source>
        <translation>{model} 本身不能跟随草图。请在“高级”中为它选择控制模型，或使用内置模型。</translation>
    </message>
    <message>
        <source>The parts under Advanced are set by hand.</source>
        <translation>“高级”中的各项由手动设定。</translation>
    </message>
    <message>
        <source>A picture takes {n} s here: with Live it follows the pen.</source>
        <translation>这台机器上一张图片只需 {n} 秒：打开实时模式，图片会跟着笔走。</translation>
    </message>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use the sketch</source>
        <translation>使用草图</translation>
    </message>
    <message>
        <source>Whether pictures follow the drawing, or are made from the words alone</source>
        <translation>图片是跟随绘图，还是仅由文字生成</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Make a sketch of a photo, a scan or a picture</source>
        <translation>把照片、扫描件或图片变成草图</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Clean up the lines of this sketch</source>
        <translation>清理这幅草图的线条</translation>
    </message>
    <message>
        <source>Board…</source>
        <translation>组图…</translation>
    </message>
    <message>
        <source>Make a board of variants of this sketch</source>
        <translation>制作这幅草图的变体组图</translation>
    </message>
</context>
<context>
    <name>SketchRoom</name>
    <message>
        <source>Sketch</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
</context>
<context>
    <name>SketchSteps</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Polyline</source>
        <translation>折线</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Move selection</source>
        <translation>移动选区</translation>
    </message>
    <message>
        <source>Delete selection</source>
        <translation>删除选区</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Remove layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Change layer</source>
        <translation>更改图层</translation>
    </message>
    <message>
        <source>Merge layers</source>
        <translation>合并图层</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Place image</source>
        <translation>置入图像</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>调整大小</translation>
    </message>
    <message>
        <source>Resize paper</source>
        <translation>调整画纸大小</translation>
    </message>
</context>
<context>
    <name>SketchesDialog</name>
    <message>
        <source>{n} days left</source>
        <translation>还剩 {n} 天</translation>
    </message>
    <message>
        <source>open now</source>
        <translation>当前打开</translation>
    </message>
    <message>
        <source>Sketches</source>
        <translation>草图</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>All sketches</source>
        <translation>所有草图</translation>
    </message>
    <message>
        <source>Sketches in the trash</source>
        <translation>回收站中的草图</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>从回收站中取回</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Draw on with this sketch</source>
        <translation>继续画这张草图</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <source>After {n} days in the trash a sketch is deleted for good.</source>
        <translation>草图在回收站中保留 {n} 天，之后将永久删除。</translation>
    </message>
    <message>
        <source>No sketch is kept yet. All that you draw is saved here by itself.</source>
        <translation>还没有草图。你画的内容都会自动保存在这里。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>Marked {id}</source>
        <translation>已标记 {id}</translation>
    </message>
    <message>
        <source>invisible watermark</source>
        <translation>隐形水印</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>AI label (XMP)</source>
        <translation>AI 标识 (XMP)</translation>
    </message>
    <message>
        <source>Written into the file and read back: {marks}</source>
        <translation>已写入文件并回读验证：{marks}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>StartRow</name>
    <message>
        <source>Starting from</source>
        <translation>起点图片</translation>
    </message>
    <message>
        <source>Start from nothing again</source>
        <translation>不再使用起点图片</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>变化强度</translation>
    </message>
    <message>
        <source>How much may change: near 0 keeps the picture, 1 keeps almost nothing of it.</source>
        <translation>允许改变多少：接近 0 几乎保持原图，1 则几乎完全重画。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{seconds} s / image</source>
        <translation>{seconds} 秒/张</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>Loading model</source>
        <translation>正在载入模型</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>正在重启</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>{used} GB</source>
        <translation>{used} GB</translation>
    </message>
    <message>
        <source>{used} of {total} GB</source>
        <translation>{used} / {total} GB</translation>
    </message>
    <message>
        <source>Training “{name}” · {percent} %</source>
        <translation>正在训练“{name}” · {percent} %</translation>
    </message>
    <message>
        <source>Rendering {place} of {of}</source>
        <translation>正在生成第 {place} 张，共 {of} 张</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩余 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>剩余 {n} 秒</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>StyleBoardDialog</name>
    <message>
        <source>Queue {n} pictures</source>
        <translation>排队 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} pictures are more than a board may have: {most} at most.</source>
        <translation>{n} 张图片超出了一组的上限：最多 {most} 张。</translation>
    </message>
    <message>
        <source>Check two styles or more.</source>
        <translation>请勾选两种或更多风格。</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>{style} by weight</source>
        <translation>{style}（按权重）</translation>
    </message>
    <message>
        <source>{n} styles</source>
        <translation>{n} 种风格</translation>
    </message>
    <message>
        <source>Board of styles</source>
        <translation>风格组图</translation>
    </message>
    <message>
        <source>The prompt in several styles</source>
        <translation>同一提示词，多种风格</translation>
    </message>
    <message>
        <source>One style by several weights</source>
        <translation>同一风格，多种权重</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较什么</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Check the favourites, and no others</source>
        <translation>只勾选收藏的风格</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Check no style</source>
        <translation>不勾选任何风格</translation>
    </message>
    <message>
        <source>There is nothing to weigh yet: blend two styles in the Style panel, or add a LoRA.</source>
        <translation>还没有可调权重的对象：请先在“风格”面板中混合两种风格，或添加一个 LoRA。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>StyleCommands</name>
    <message>
        <source>Import styles</source>
        <translation>导入风格</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Export styles</source>
        <translation>导出风格</translation>
    </message>
</context>
<context>
    <name>StyleDialog</name>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What is put around the prompt, such as: an ink drawing of {place}</source>
        <translation>加在提示词周围的词语，例如：{place}，水墨画</translation>
    </message>
    <message>
        <source>{place} stands for the prompt; without it the words follow it</source>
        <translation>{place} 代表提示词；没有它时，词语跟在提示词后面</translation>
    </message>
    <message>
        <source>What pictures in this style should not show</source>
        <translation>此风格的图片不应出现的内容</translation>
    </message>
    <message>
        <source>Negative words</source>
        <translation>反向词语</translation>
    </message>
    <message>
        <source>Take the picture on the stage as its sample picture</source>
        <translation>用舞台上的图片作样图</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Brings steps {steps}, guidance {guidance} and {sampler} along</source>
        <translation>带上步数 {steps}、引导 {guidance} 和 {sampler}</translation>
    </message>
</context>
<context>
    <name>StyleGroups</name>
    <message>
        <source>Mark styles that you like with the star; they gather here.</source>
        <translation>用星标标记喜欢的风格，它们会汇集在这里。</translation>
    </message>
    <message>
        <source>Your own styles gather here: train one from your pictures, write one, duplicate another, or drop files of Maquette, Fooocus or stable-diffusion-webui.</source>
        <translation>您自己的风格都在这里：用自己的图片训练一种，写一种，复制一种，或者拖入 Maquette、Fooocus 或 stable-diffusion-webui 的文件。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>Groups of styles</source>
        <translation>风格分组</translation>
    </message>
</context>
<context>
    <name>StyleInspector</name>
    <message>
        <source>yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>comes with Maquette</source>
        <translation>Maquette 自带</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>取下</translation>
    </message>
    <message>
        <source>Use this style</source>
        <translation>使用此风格</translation>
    </message>
    <message>
        <source>Not: {words}</source>
        <translation>不要：{words}</translation>
    </message>
    <message>
        <source>{n} steps</source>
        <translation>{n} 步</translation>
    </message>
    <message>
        <source>guidance {n}</source>
        <translation>引导 {n}</translation>
    </message>
    <message>
        <source>How it was trained</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Choose a card to see what a style says. Enter puts it on; your prompt stays as you wrote it.</source>
        <translation>选一张卡片，查看风格的内容。按回车使用；您写的提示词保持不变。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
</context>
<context>
    <name>StyleModel</name>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
</context>
<context>
    <name>StylePanel</name>
    <message>
        <source>Show or hide the LoRAs</source>
        <translation>显示或隐藏 LoRA</translation>
    </message>
    <message>
        <source>No style</source>
        <translation>无风格</translation>
    </message>
    <message>
        <source>The prompt as you write it</source>
        <translation>提示词保持原样</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a style</source>
        <translation>选择风格</translation>
    </message>
    <message>
        <source>Take the style off</source>
        <translation>取下风格</translation>
    </message>
    <message>
        <source>See the prompt in several styles</source>
        <translation>用多种风格查看提示词</translation>
    </message>
    <message>
        <source>Train a style from your pictures</source>
        <translation>用自己的图片训练风格</translation>
    </message>
</context>
<context>
    <name>Styles</name>
    <message>
        <source>Paint</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>Pencil and ink</source>
        <translation>铅笔与墨水</translation>
    </message>
    <message>
        <source>Print and graphics</source>
        <translation>版画与图形</translation>
    </message>
    <message>
        <source>Craft</source>
        <translation>手工</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Photo and film</source>
        <translation>照片与电影</translation>
    </message>
</context>
<context>
    <name>StylesPage</name>
    <message>
        <source>No style has these words. Try fewer, or look among all groups.</source>
        <translation>没有风格含有这些词语。请减少词语，或在所有分组中查找。</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Search styles</source>
        <translation>搜索风格</translation>
    </message>
</context>
<context>
    <name>TagBar</name>
    <message>
        <source>Tag for this picture</source>
        <translation>这张图片的标签</translation>
    </message>
    <message>
        <source>Tag for {n} pictures</source>
        <translation>{n} 张图片的标签</translation>
    </message>
    <message>
        <source>Several with commas between; a minus in front takes a tag off</source>
        <translation>多个标签用逗号分隔；前面加减号则移除标签</translation>
    </message>
</context>
<context>
    <name>Tags</name>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Enter adds it; commas part several.</source>
        <translation>按回车添加；多个标签用逗号分隔。</translation>
    </message>
</context>
<context>
    <name>ToolOptions</name>
    <message>
        <source>Size</source>
        <translation>粗细</translation>
    </message>
    <message>
        <source>Width in pixels of the drawing ([ and ])</source>
        <translation>以画面像素计的宽度（[ 和 ]）</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>How dense a stroke is, in percent</source>
        <translation>笔画的浓度，百分比</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>How much of the render shows under the drawing, in percent</source>
        <translation>草图下方透出多少渲染（百分比）</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colour to paint with on colour layers</source>
        <translation>在颜色图层上使用的颜色</translation>
    </message>
    <message>
        <source>Tool options</source>
        <translation>工具选项</translation>
    </message>
    <message>
        <source>Hardness, smoothing, pressure, mirror, guides, filling</source>
        <translation>硬度、平滑、压感、镜像、辅助线、填充</translation>
    </message>
</context>
<context>
    <name>TrainingHead</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>TrainingInputs</name>
    <message>
        <source>made of the name</source>
        <translation>由名称得出</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Words that call it</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>它是什么</translation>
    </message>
    <message>
        <source>For the model</source>
        <translation>用于模型</translation>
    </message>
    <message>
        <source>such as Blue waves</source>
        <translation>例如：蓝色波浪</translation>
    </message>
    <message>
        <source>Name of the style</source>
        <translation>风格的名称</translation>
    </message>
    <message>
        <source>They stand in every caption; in a prompt they bring the style</source>
        <translation>写在每条说明里；在提示词中用它们唤出这种风格</translation>
    </message>
    <message>
        <source>They stand in every caption, and call the style in prompts.</source>
        <translation>写在每条说明里，并在提示词中唤出这种风格。</translation>
    </message>
    <message>
        <source>The one that is chosen in the window; the style works with its kind only.</source>
        <translation>即窗口中选定的模型；训练出的风格只适用于同类模型。</translation>
    </message>
</context>
<context>
    <name>TrainingRecord</name>
    <message>
        <source>a style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>a family of products</source>
        <translation>产品系列</translation>
    </message>
    <message>
        <source>a material</source>
        <translation>材质</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>thorough</source>
        <translation>彻底</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Words that call it</source>
        <translation>触发词</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Share of the model&apos;s own pictures</source>
        <translation>模型自身图片的比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>完成的步数</translation>
    </message>
    <message>
        <source>Step that is kept</source>
        <translation>保留的一步</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>留出误差</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Likeness to the set</source>
        <translation>与图片集的相似度</translation>
    </message>
    <message>
        <source>Closeness to the nearest picture</source>
        <translation>与最近图片的接近程度</translation>
    </message>
    <message>
        <source>Copies among the test pictures</source>
        <translation>测试图片中的副本</translation>
    </message>
    <message>
        <source>Pictures, by the digest of their pixels:</source>
        <translation>图片（像素摘要）：</translation>
    </message>
    <message>
        <source>How it was trained</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the record</source>
        <translation>复制训练记录</translation>
    </message>
</context>
<context>
    <name>TrainingWizard</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Time and memory</source>
        <translation>时间与内存</translation>
    </message>
    <message>
        <source>Pictures, a name and what it is: that is all. The rest is proposed.</source>
        <translation>只需要图片、名称，以及它是什么；其余都会给出建议。</translation>
    </message>
    <message>
        <source>{preset}: {n} pictures, {steps} steps, about {time}, {memory} of memory</source>
        <translation>{preset}：{n} 张图片，{steps} 步，约 {time}，内存 {memory}</translation>
    </message>
    <message>
        <source>Train a style from your pictures</source>
        <translation>用自己的图片训练风格</translation>
    </message>
    <message>
        <source>What is learned from</source>
        <translation>用来学习的图片</translation>
    </message>
    <message>
        <source>What each picture shows, in words</source>
        <translation>用文字写出每张图片画的是什么</translation>
    </message>
    <message>
        <source>How long it takes, and what of this computer</source>
        <translation>需要多长时间，对电脑有什么要求</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Empty everything; Undo brings it back</source>
        <translation>清空全部；可用“撤销”恢复</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close; what is chosen stays</source>
        <translation>关闭；所选内容会保留</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Begin the training</source>
        <translation>开始训练</translation>
    </message>
</context>
<context>
    <name>TrainingWords</name>
    <message>
        <source>A style</source>
        <translation>一种风格</translation>
    </message>
    <message>
        <source>How pictures are made: one hand, many subjects</source>
        <translation>怎样画的：同一种手法，不同的题材</translation>
    </message>
    <message>
        <source>A product family</source>
        <translation>一个产品系列</translation>
    </message>
    <message>
        <source>What they show: one design from many sides</source>
        <translation>画的是什么：同一种设计，不同的角度</translation>
    </message>
    <message>
        <source>A material</source>
        <translation>一种材质</translation>
    </message>
    <message>
        <source>What things are made of: one surface, many shapes</source>
        <translation>用什么做的：同一种表面，不同的形状</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>To see whether the set works</source>
        <translation>看看这组图片行不行</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>For a style to keep</source>
        <translation>适合长期使用的风格</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>For fine detail and large sets</source>
        <translation>适合丰富的细节和较多的图片</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>Small, is enlarged</source>
        <translation>偏小，会放大</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Long, is cropped</source>
        <translation>太长，会裁剪</translation>
    </message>
    <message>
        <source>First of several</source>
        <translation>多张中的第一张</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>已移出</translation>
    </message>
    <message>
        <source>Same as {name}</source>
        <translation>与 {name} 相同</translation>
    </message>
    <message>
        <source>File is gone</source>
        <translation>文件不见了</translation>
    </message>
    <message>
        <source>Cropped by you</source>
        <translation>已手动裁剪</translation>
    </message>
    <message>
        <source>Taken out: it will not be learned from.</source>
        <translation>已移出：不会用于学习。</translation>
    </message>
</context>
<context>
    <name>Trainings</name>
    <message>
        <source>Waits for its turn</source>
        <translation>排队等候</translation>
    </message>
    <message>
        <source>Runs in another program</source>
        <translation>正在另一个程序中进行</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>Making the style…</source>
        <translation>正在生成风格…</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习中</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped by a problem</source>
        <translation>因问题停止</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation>剩余 {n} 小时</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩余 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>剩余 {n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{used} GB of memory</source>
        <translation>内存 {used} GB</translation>
    </message>
    <message>
        <source>Learned in {steps} steps and {time}; the weights of step {best} are kept.</source>
        <translation>共学习 {steps} 步，用时 {time}；保留了第 {best} 步的权重。</translation>
    </message>
    <message>
        <source>None of {made} test pictures is a copy of a picture in the set.</source>
        <translation>{made} 张测试图片中没有一张是图片集的副本。</translation>
    </message>
    <message>
        <source>Its pictures look like the set: {percent} % of the way from the model to it.</source>
        <translation>生成的图片与图片集很像：从模型到图片集走完了 {percent} %。</translation>
    </message>
    <message>
        <source>Its pictures come near the set: {percent} % of the way from the model to it.</source>
        <translation>生成的图片接近图片集：从模型到图片集走完了 {percent} %。</translation>
    </message>
    <message>
        <source>Its pictures lean to the set: {percent} % of the way from the model to it.</source>
        <translation>生成的图片略带图片集的样子：从模型到图片集走完了 {percent} %。</translation>
    </message>
    <message>
        <source>Its pictures hardly differ from the model&apos;s own; a longer training may help.</source>
        <translation>生成的图片与模型原来的几乎没有区别；更长的训练可能有帮助。</translation>
    </message>
</context>
<context>
    <name>TrainingsPage</name>
    <message>
        <source>Trainings</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Nothing was trained yet. Train a style from 10 to 60 pictures of your own in the Styles place; here you see how it learns, and what came of it.</source>
        <translation>还没有训练过。请在“风格”中用 10 到 60 张自己的图片训练一种风格；在这里可以看到它如何学习，以及结果如何。</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>Signed and intact</source>
        <translation>已签名，内容完整</translation>
    </message>
    <message>
        <source>Signed, signer unknown</source>
        <translation>已签名，签名者未知</translation>
    </message>
    <message>
        <source>Tampered</source>
        <translation>已被篡改</translation>
    </message>
    <message>
        <source>Recovered by watermark</source>
        <translation>凭水印找回</translation>
    </message>
    <message>
        <source>Mark of an unknown library</source>
        <translation>未知图库的标记</translation>
    </message>
    <message>
        <source>Metadata only</source>
        <translation>仅有元数据</translation>
    </message>
    <message>
        <source>Similar to one of yours</source>
        <translation>与您的一张图片相似</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未发现标记</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>missing or broken</source>
        <translation>缺失或损坏</translation>
    </message>
    <message>
        <source>not reliable</source>
        <translation>不可靠</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>没有</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Moved to the trash.</source>
        <translation>已移到回收站。</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Full-screen view</source>
        <translation>全屏查看</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Show at 100 %</source>
        <translation>以 100% 显示</translation>
    </message>
    <message>
        <source>Show facts</source>
        <translation>显示信息</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Leave the full-screen view</source>
        <translation>退出全屏查看</translation>
    </message>
</context>
<context>
    <name>ViewerFacts</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>标签：{tags}</translation>
    </message>
</context>
<context>
    <name>WordChips</name>
    <message>
        <source>Take this chip away</source>
        <translation>移除这个词条</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>材质</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>它由什么制成</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Its colour</source>
        <translation>它的颜色</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>What it stands in front of</source>
        <translation>它前面的背景</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>How it is lit, and from where</source>
        <translation>怎样照明，光从何处来</translation>
    </message>
    <message>
        <source>Add a finish in your own words</source>
        <translation>用自己的话添加一种质感</translation>
    </message>
    <message>
        <source>For example: hammered brass</source>
        <translation>例如：锤纹黄铜</translation>
    </message>
    <message>
        <source>A finish in your own words; Enter puts it into the prompt</source>
        <translation>用自己的话描述的质感；回车将其写入提示词</translation>
    </message>
</context>
<context>
    <name>_CaptionEditors</name>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>_CardDelegate</name>
    <message>
        <source>held back</source>
        <translation>留出</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>How much {kind} counts</source>
        <translation>{kind}的权重</translation>
    </message>
    <message>
        <source>Steer by {kind} no longer</source>
        <translation>不再用{kind}引导</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>The prompt is longer than %1 characters; please shorten it.</source>
        <translation>提示词超过 %1 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>The negative prompt is longer than %1 characters; please shorten it.</source>
        <translation>反向提示词超过 %1 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>The width must be between %1 and %2 pixels, not %3.</source>
        <translation>宽度必须在 %1 到 %2 像素之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The height must be between %1 and %2 pixels, not %3.</source>
        <translation>高度必须在 %1 到 %2 像素之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The width must be a multiple of %1 for this model; %2 is the nearest to %3.</source>
        <translation>此模型要求宽度是 %1 的倍数；最接近 %3 的是 %2。</translation>
    </message>
    <message>
        <source>The height must be a multiple of %1 for this model; %2 is the nearest to %3.</source>
        <translation>此模型要求高度是 %1 的倍数；最接近 %3 的是 %2。</translation>
    </message>
    <message>
        <source>The seed must be between %1 and %2, not %3.</source>
        <translation>种子必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The number of steps must be between %1 and %2, not %3.</source>
        <translation>步数必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The guidance scale must be a number between %1 and %2, not %3.</source>
        <translation>引导强度必须是 %1 到 %2 之间的数，不能是 %3。</translation>
    </message>
    <message>
        <source>The strength must be a number above 0 and at most 1, not %1.</source>
        <translation>变化强度必须大于 0 且不超过 1，不能是 %1。</translation>
    </message>
    <message>
        <source>The settings could not be read and were set to their defaults; the old file is kept as %1 (%2).</source>
        <translation>无法读取设置，已恢复为默认值；旧文件保留为 %1（%2）。</translation>
    </message>
    <message>
        <source>There is no model at %1; please check the path.</source>
        <translation>%1 处没有模型，请检查路径。</translation>
    </message>
    <message>
        <source>The model&apos;s path cannot be read.</source>
        <translation>无法读取模型路径。</translation>
    </message>
    <message>
        <source>%1 is not opened: only .safetensors files and diffusers folders are, because other model files can run programs.</source>
        <translation>未打开 %1：只支持 .safetensors 文件和 diffusers 文件夹，因为其他模型文件可能会运行程序。</translation>
    </message>
    <message>
        <source>The built-in model is not complete in this installation; please install Maquette again.</source>
        <translation>此安装中的内置模型不完整，请重新安装 Maquette。</translation>
    </message>
    <message>
        <source>%1 is a model of a kind that cannot be used (%2); Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是无法使用的模型类型（%2）；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 has a part that cannot be used (%2); please choose another model.</source>
        <translation>%1 中有无法使用的部件（%2），请选择其他模型。</translation>
    </message>
    <message>
        <source>%1 is made for another task (inpainting or editing), not for making pictures from a prompt.</source>
        <translation>%1 用于其他任务（局部重绘或编辑），不能根据提示词生成图片。</translation>
    </message>
    <message>
        <source>%1 has a config that makes no sense; please fetch it again.</source>
        <translation>%1 的配置有误，请重新获取。</translation>
    </message>
    <message>
        <source>%1 holds its %2 only as .bin, which is not opened because such files can run programs; please get the model with .safetensors files.</source>
        <translation>%1 的 %2 只有 .bin 文件，这类文件可能会运行程序，因此未打开；请获取带 .safetensors 文件的模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: the weights of its %2 are missing; please fetch the model again.</source>
        <translation>%1 不完整：缺少 %2 的权重，请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: %2 is missing; please fetch the model again.</source>
        <translation>%1 不完整：缺少 %2，请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is too large to be a config; please fetch the model again.</source>
        <translation>%1 太大，不可能是配置文件；请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is not a complete model folder: %2 is missing; please choose a diffusers folder or a .safetensors file.</source>
        <translation>%1 不是完整的模型文件夹：缺少 %2；请选择 diffusers 文件夹或 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 is broken; please fetch the model again.</source>
        <translation>%1 已损坏，请重新获取模型。</translation>
    </message>
    <message>
        <source>The model file %1 cannot be read.</source>
        <translation>无法读取模型文件 %1。</translation>
    </message>
    <message>
        <source>%1 is a Python pickle under a .safetensors name and is not opened, because such files can run programs; please get the real .safetensors file.</source>
        <translation>%1 其实是改名为 .safetensors 的 Python pickle 文件，可能会运行程序，因此未打开；请获取真正的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 is not a safetensors file; please download the model again.</source>
        <translation>%1 不是 safetensors 文件，请重新下载模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete (a copy or download was cut off); please fetch it again.</source>
        <translation>%1 不完整（复制或下载中断），请重新获取。</translation>
    </message>
    <message>
        <source>%1 is a model of a kind that cannot be used; Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是无法使用的模型类型；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 is %2, which cannot be used as a model here; Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是 %2，不能在这里用作模型；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 lacks the part that turns latents into pictures (VAE); please get the full checkpoint.</source>
        <translation>%1 缺少把潜变量变成图片的部件（VAE），请获取完整的模型文件。</translation>
    </message>
    <message>
        <source>%1 is an SDXL refiner, which only improves pictures of another model; please choose an SDXL base model.</source>
        <translation>%1 是 SDXL refiner，只能改进其他模型的图片；请选择 SDXL 基础模型。</translation>
    </message>
    <message>
        <source>%1 lacks its text encoder; please get the full checkpoint.</source>
        <translation>%1 缺少文本编码器，请获取完整的模型文件。</translation>
    </message>
    <message>
        <source>The job was cancelled.</source>
        <translation>任务已取消。</translation>
    </message>
    <message>
        <source>The worker was asked to stop by the system; it is started again.</source>
        <translation>系统要求工作进程停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker ran out of memory; it is started again, and a smaller size may help.</source>
        <translation>工作进程内存不足，正在重新启动；减小尺寸可能有帮助。</translation>
    </message>
    <message>
        <source>The worker was killed, most likely because the machine ran out of memory; it is started again.</source>
        <translation>工作进程被终止，很可能是机器内存不足；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker stopped, because this CPU lacks an instruction it uses; it is started again.</source>
        <translation>此处理器缺少所需的指令，工作进程已停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker stopped, because the GPU or its driver failed; it is started again.</source>
        <translation>显卡或其驱动出错，工作进程已停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The GPU or its driver failed, so the worker is started again; please try again.</source>
        <translation>GPU 或其驱动出错，工作进程正在重新启动；请重试。</translation>
    </message>
    <message>
        <source>No model is loaded; please choose one.</source>
        <translation>没有加载模型；请选择一个。</translation>
    </message>
    <message>
        <source>The worker cannot start, because a part of the installation is missing; please run the set-up again.</source>
        <translation>安装不完整，工作进程无法启动；请重新运行安装程序。</translation>
    </message>
    <message>
        <source>The worker crashed (%1); it is started again.</source>
        <translation>工作进程崩溃（%1）；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker ended unexpectedly (exit status %1); it is started again.</source>
        <translation>工作进程意外结束（退出状态 %1）；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker cannot be started; please run the set-up again.</source>
        <translation>无法启动工作进程，请重新运行安装程序。</translation>
    </message>
    <message>
        <source>The worker did not stop the job, so it is started again.</source>
        <translation>工作进程没有停止任务，因此正在重新启动。</translation>
    </message>
    <message>
        <source>The worker did not answer any more, so it is started again.</source>
        <translation>工作进程不再响应，因此正在重新启动。</translation>
    </message>
    <message>
        <source>The engine was closed.</source>
        <translation>引擎已关闭。</translation>
    </message>
    <message>
        <source>The engine is closed.</source>
        <translation>引擎已关闭。</translation>
    </message>
    <message>
        <source>The picture could not be saved; please try again.</source>
        <translation>图片无法保存，请再试一次。</translation>
    </message>
    <message>
        <source>Loading the text encoder</source>
        <translation>正在载入文本编码器</translation>
    </message>
    <message>
        <source>Loading the image model</source>
        <translation>正在载入图像模型</translation>
    </message>
    <message>
        <source>Loading the decoder</source>
        <translation>正在载入解码器</translation>
    </message>
    <message>
        <source>Checking the weights</source>
        <translation>正在校验权重</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>The prompt is empty, so the model chose freely.</source>
        <translation>提示词为空，模型自由发挥。</translation>
    </message>
    <message>
        <source>The prompt is longer than this model reads (%1 tokens); it ends after “%2”.</source>
        <translation>提示词超出此模型的读取长度（%1 个词元）；只读到“%2”为止。</translation>
    </message>
    <message>
        <source>The negative prompt is longer than this model reads (%1 tokens); it ends after “%2”.</source>
        <translation>反向提示词超出此模型的读取长度（%1 个词元）；只读到“%2”为止。</translation>
    </message>
    <message>
        <source>This machine has no %1 device that torch can use; please choose another one in the settings.</source>
        <translation>这台机器没有 torch 可用的 %1 设备；请在设置中选择其他设备。</translation>
    </message>
    <message>
        <source>%1 cannot be loaded, because its files do not fit together; please fetch the model again.</source>
        <translation>%1 的文件彼此不匹配，无法载入；请重新获取模型。</translation>
    </message>
    <message>
        <source>There is not enough memory to load this model; please close other programs or choose a smaller model.</source>
        <translation>内存不足，无法载入此模型；请关闭其他程序或选择较小的模型。</translation>
    </message>
    <message>
        <source>Memory ran out while the picture was made; please choose a smaller size or close other programs.</source>
        <translation>生成图片时内存不足；请减小尺寸或关闭其他程序。</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 needs about %3 GB of memory and %4 GB are free; please choose a smaller size.</source>
        <translation>生成 %1 x %2 的图片约需 %3 GB 内存，当前可用 %4 GB；请减小尺寸。</translation>
    </message>
    <message>
        <source>Memory was short, so the picture was decoded in tiles.</source>
        <translation>内存紧张，图片已分块解码。</translation>
    </message>
    <message>
        <source>Memory was short, so the picture was made in smaller parts, more slowly.</source>
        <translation>内存紧张，图片已分成更小的部分生成，速度较慢。</translation>
    </message>
    <message>
        <source>GPU memory was short, so parts of the model wait in main memory, and it is slower.</source>
        <translation>显存紧张，模型的一部分暂存于内存，速度较慢。</translation>
    </message>
    <message>
        <source>The model has changed since this recipe was made; the picture may differ.</source>
        <translation>此配方产生之后模型已有变化，图片可能不同。</translation>
    </message>
    <message>
        <source>The picture could not be marked and encoded; please try again.</source>
        <translation>图片无法加标记和编码，请再试一次。</translation>
    </message>
    <message>
        <source>Something inside Maquette went wrong (%1); please try again.</source>
        <translation>Maquette 内部出错（%1），请再试一次。</translation>
    </message>
    <message>
        <source>The disk is full: free some space for %1 and make the picture again.</source>
        <translation>磁盘已满：请为 %1 腾出空间，然后重新生成图片。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to; choose another one.</source>
        <translation>无法写入文件夹 %1，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The path of a picture in %1 is too long; choose another folder or a shorter file name template.</source>
        <translation>%1 中的图片路径过长；请选择其他文件夹或更短的文件名模板。</translation>
    </message>
    <message>
        <source>The folder %1 is not there and cannot be made; choose another one.</source>
        <translation>文件夹 %1 不存在且无法创建，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture is larger than a file in %1 may be; choose another one.</source>
        <translation>图片超出 %1 允许的文件大小，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture could not be saved in %1 (%2); choose another one.</source>
        <translation>图片无法保存到 %1（%2），请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture came damaged from the engine and was not saved; please make it again.</source>
        <translation>引擎传来的图片已损坏，未保存；请重新生成。</translation>
    </message>
    <message>
        <source>The library cannot be opened in %1; check that the folder exists and can be written to.</source>
        <translation>无法在 %1 打开图库；请确认文件夹存在且可写。</translation>
    </message>
    <message>
        <source>The library was written by a newer version of Maquette; please update Maquette to open it.</source>
        <translation>图库由更新版本的 Maquette 写入；请更新 Maquette 后再打开。</translation>
    </message>
    <message>
        <source>The ledger cannot be opened in %1; check that the folder exists and can be written to.</source>
        <translation>无法在 %1 中打开账本；请检查该文件夹是否存在且可写入。</translation>
    </message>
    <message>
        <source>The ledger %1 cannot be read (%2); move it away and start again, the pictures themselves are safe.</source>
        <translation>无法读取账本 %1（%2）；请将其移走后重新启动，图片本身不受影响。</translation>
    </message>
    <message>
        <source>The ledger was written by a newer version of Maquette; please update Maquette to open it.</source>
        <translation>账本由更新版本的 Maquette 写入；请更新 Maquette 后再打开。</translation>
    </message>
    <message>
        <source>The ledger was written by an older version of Maquette; open Maquette once to bring it up to date.</source>
        <translation>账本由较旧版本的 Maquette 写入；请打开一次 Maquette 以将其更新。</translation>
    </message>
    <message>
        <source>%1 files were exported to %2, each with its marks.</source>
        <translation>已将 %1 个文件导出到“%2”，每个都带有标记。</translation>
    </message>
    <message>
        <source>%1 files were exported to %2, %3 could not be made.</source>
        <translation>已将 %1 个文件导出到“%2”，%3 个无法生成。</translation>
    </message>
    <message>
        <source>An export was interrupted; resume or forget it in the Library.</source>
        <translation>有一次导出被中断；请在图库中继续或移除它。</translation>
    </message>
    <message>
        <source>%1 exports were interrupted; resume or forget them in the Library.</source>
        <translation>有 %1 次导出被中断；请在图库中继续或移除它们。</translation>
    </message>
    <message>
        <source>The export preset was saved as %1.</source>
        <translation>导出预设已保存为 %1。</translation>
    </message>
    <message>
        <source>%1 is not known to be made here, so nothing can be asserted about where it comes from; copy its file instead.</source>
        <translation>无法确认 %1 是在这里生成的，因此不能对其来源作任何声明；请直接复制其文件。</translation>
    </message>
    <message>
        <source>The file %1 is no longer where it was saved; put it back or leave it out.</source>
        <translation>文件 %1 已不在保存位置；请放回原处，或不要包含它。</translation>
    </message>
    <message>
        <source>%1 was changed by another program after it was saved, so its record does not hold for it any more.</source>
        <translation>%1 保存后被其他程序修改过，因此其记录不再适用。</translation>
    </message>
    <message>
        <source>The name of the file %1 is not valid text; rename it.</source>
        <translation>文件 %1 的名称不是有效文本；请重命名。</translation>
    </message>
    <message>
        <source>%1 is there already and was kept.</source>
        <translation>%1 已存在，予以保留。</translation>
    </message>
    <message>
        <source>The export preset %1 cannot be used: %2; mend the file or remove it.</source>
        <translation>无法使用导出预设 %1：%2；请修正或移除该文件。</translation>
    </message>
    <message>
        <source>This export preset cannot be used: %1.</source>
        <translation>无法使用此导出预设：%1。</translation>
    </message>
    <message>
        <source>There is no export preset file %1; check its name.</source>
        <translation>没有导出预设文件 %1；请检查其名称。</translation>
    </message>
    <message>
        <source>There is no export preset %1; use %2 or a preset&apos;s file.</source>
        <translation>没有导出预设 %1；请使用 %2，或某个预设文件。</translation>
    </message>
    <message>
        <source>The export preset %1 has the name %2 of another one; give it a name of its own.</source>
        <translation>导出预设 %1 与另一个预设同名（%2）；请为它另取名称。</translation>
    </message>
    <message>
        <source>The export preset %1 cannot be opened; check that it may be read.</source>
        <translation>无法打开导出预设 %1；请检查读取权限。</translation>
    </message>
    <message>
        <source>The export preset %1 is too long to be one; choose another.</source>
        <translation>导出预设 %1 过长，不可能是预设；请另选文件。</translation>
    </message>
    <message>
        <source>The export preset %1 is no valid JSON; mend the file or remove it.</source>
        <translation>导出预设 %1 不是有效的 JSON；请修正或移除该文件。</translation>
    </message>
    <message>
        <source>The export preset could not be written to %1 (%2); free some space or check that the folder may be written to.</source>
        <translation>无法将导出预设写入 %1（%2）；请腾出空间，或检查文件夹的写入权限。</translation>
    </message>
    <message>
        <source>The export preset %1 cannot be removed (%2); check that the folder may be written to.</source>
        <translation>无法移除导出预设 %1（%2）；请检查文件夹的写入权限。</translation>
    </message>
    <message>
        <source>The folder of export presets cannot be read (%1).</source>
        <translation>无法读取导出预设文件夹（%1）。</translation>
    </message>
    <message>
        <source>This export is at its end; start a new one.</source>
        <translation>此次导出已结束；请开始新的导出。</translation>
    </message>
    <message>
        <source>This export is running already, in this or another program.</source>
        <translation>此次导出已在本程序或其他程序中进行。</translation>
    </message>
    <message>
        <source>This export is still running; cancel it first.</source>
        <translation>此次导出仍在进行；请先取消。</translation>
    </message>
    <message>
        <source>This export is not in the list any more; start it again.</source>
        <translation>此次导出已不在列表中；请重新开始。</translation>
    </message>
    <message>
        <source>The list of exports could not be written (%1); check the disk and try again.</source>
        <translation>无法写入导出列表（%1）；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The list of exports %1 has a row that cannot be read; move the file away and start again, the pictures themselves are safe.</source>
        <translation>导出列表 %1 中有一行无法读取；请移走该文件后重新开始，图片本身是安全的。</translation>
    </message>
    <message>
        <source>There are too many files of one name in %1; add {id} or {n} to the file name template.</source>
        <translation>%1 中同名文件过多；请在文件名模板中加入 {id} 或 {n}。</translation>
    </message>
    <message>
        <source>The list %1 could not be written (%2); choose another folder or free some space.</source>
        <translation>无法写入清单 %1（%2）；请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>The contact sheet could not be written into %1 (%2); choose another folder or free some space.</source>
        <translation>无法将缩略图页写入 %1（%2）；请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>Both sides of a picture must be at least 1 pixel.</source>
        <translation>图片的宽和高至少为 1 像素。</translation>
    </message>
    <message>
        <source>This picture of %1 x %2 pixels cannot be made as small as %3 KiB as %4; allow a larger file, or choose a smaller size or another format.</source>
        <translation>这张 %1 x %2 像素的图片无法以 %4 格式压缩到 %3 KiB；请允许更大的文件，或选择更小的尺寸或其他格式。</translation>
    </message>
    <message>
        <source>There is no ICC profile %1; choose another file.</source>
        <translation>没有 ICC 配置文件 %1；请选择其他文件。</translation>
    </message>
    <message>
        <source>An ICC profile on another computer is not read; copy it to this one.</source>
        <translation>不会读取其他电脑上的 ICC 配置文件；请先把它复制到本机。</translation>
    </message>
    <message>
        <source>The file name template has an unknown field %1; use %2.</source>
        <translation>文件名模板中有未知字段 %1；可用的有 %2。</translation>
    </message>
    <message>
        <source>This size needs both a width and a height; give it both.</source>
        <translation>此尺寸需要宽度和高度；请同时填写。</translation>
    </message>
    <message>
        <source>The colours cannot be converted with this ICC profile; choose another one.</source>
        <translation>无法用此 ICC 配置文件转换颜色；请另选一个。</translation>
    </message>
    <message>
        <source>The ICC profile %1 cannot be opened; choose another file.</source>
        <translation>无法打开 ICC 配置文件 %1；请另选文件。</translation>
    </message>
    <message>
        <source>The ICC profile %1 is too large to be one; choose another.</source>
        <translation>ICC 配置文件 %1 过大；请另选文件。</translation>
    </message>
    <message>
        <source>The file %1 is not a valid ICC profile; choose another file.</source>
        <translation>文件 %1 不是有效的 ICC 配置文件；请另选文件。</translation>
    </message>
    <message>
        <source>The ICC profile %1 is not one of a printing process with the four inks CMYK; choose another file.</source>
        <translation>ICC 配置文件 %1 不是 CMYK 四色印刷的配置文件；请另选文件。</translation>
    </message>
    <message>
        <source>The process that exports pictures ended over this one twice, so it was left out.</source>
        <translation>导出进程两次因这张图片而终止，因此未包含它。</translation>
    </message>
    <message>
        <source>The export was cancelled.</source>
        <translation>导出已取消。</translation>
    </message>
    <message>
        <source>The file name template %1 has an unpaired brace.</source>
        <translation>文件名模板 %1 中有不成对的大括号。</translation>
    </message>
    <message>
        <source>The file name template ends in a folder; add a file name such as %1.</source>
        <translation>文件名模板以文件夹结尾；请加上文件名，例如 %1。</translation>
    </message>
    <message>
        <source>The number of images must be between %1 and %2, not %3.</source>
        <translation>图片数量必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>There is no model to make pictures with; add one first.</source>
        <translation>没有可用来生成图片的模型，请先添加一个。</translation>
    </message>
    <message>
        <source>The model %1 is no longer there, so the built-in model is used; add it again when it is back.</source>
        <translation>模型 %1 已不存在，改用内置模型；恢复后可重新添加。</translation>
    </message>
    <message>
        <source>This recipe was made with the model %1, which is not on this machine; add it, or choose another one.</source>
        <translation>此配方使用的模型 %1 不在这台机器上；请添加它，或选择其他模型。</translation>
    </message>
    <message>
        <source>The picture that this one started from is not at hand any more; choose it as the starting point again and press Generate.</source>
        <translation>这张图片的起点图片已不可用；请重新选择起点图片，然后点击“生成”。</translation>
    </message>
    <message>
        <source>This picture was made from another one; choose that as the starting point to get the same result.</source>
        <translation>这张图片由另一张图片生成；要得到相同结果，请把那张图片设为起点。</translation>
    </message>
    <message>
        <source>This picture carries its recipe; you can lay it out in the panel instead.</source>
        <translation>这张图片带有配方，也可以把配方填入面板。</translation>
    </message>
    <message>
        <source>%1 carries no recipe; choose a picture made here.</source>
        <translation>%1 不带配方；请选择在这里生成的图片。</translation>
    </message>
    <message>
        <source>Saved as %1, with all its marks.</source>
        <translation>已保存为 %1，全部标记均保留。</translation>
    </message>
    <message>
        <source>The picture could not be saved as %1 (%2); choose another folder or free some space.</source>
        <translation>图片无法保存为 %1（%2）；请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1 (%2); check that the folder can be written.</source>
        <translation>设置无法保存到 %1（%2）；请确认文件夹可写。</translation>
    </message>
    <message>
        <source>The panel&apos;s content could not be saved to %1 (%2); check that the folder can be written.</source>
        <translation>面板内容无法保存到 %1（%2）；请确认文件夹可写。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong; you can go on, and the log has the details.</source>
        <translation>发生意外错误；可以继续使用，详情见日志。</translation>
    </message>
    <message>
        <source>%1 has %2 × %3 pixels, more than can be opened; please make it smaller first.</source>
        <translation>%1 有 %2 × %3 像素，超出可打开的范围；请先缩小图片。</translation>
    </message>
    <message>
        <source>%1 is no longer there; please choose another picture.</source>
        <translation>%1 已不存在，请选择其他图片。</translation>
    </message>
    <message>
        <source>%1 is not a picture that can be opened; use PNG, JPEG, WebP, AVIF or TIFF.</source>
        <translation>%1 不是可以打开的图片；请使用 PNG、JPEG、WebP、AVIF 或 TIFF。</translation>
    </message>
    <message>
        <source>%1 could not be opened; the file seems to be damaged.</source>
        <translation>%1 无法打开，文件似乎已损坏。</translation>
    </message>
    <message>
        <source>The marks of this file name different pictures (%1), so they are not all its own.</source>
        <translation>此文件的各种标记指向不同的图片（%1），因此并非都属于它。</translation>
    </message>
    <message>
        <source>Not changed since it was signed, but not by this installation: another Maquette, or somebody who only says so, signed it.</source>
        <translation>签名后未经改动，但签名者不是本安装：可能是另一个 Maquette，也可能是冒称者。</translation>
    </message>
    <message>
        <source>Not changed since it was signed by %1; nobody vouches here for who that is.</source>
        <translation>自 %1 签名后未经改动；但无人在此担保其身份。</translation>
    </message>
    <message>
        <source>Not changed since it was signed; the signer is not named.</source>
        <translation>签名后未经改动；未注明签名者。</translation>
    </message>
    <message>
        <source>Not changed since it was signed by %1, but the certificate is not valid now and no timestamp says when that was.</source>
        <translation>自 %1 签名后未经改动，但证书现已无效，也没有时间戳证明签名时间。</translation>
    </message>
    <message>
        <source>Not changed since it was signed, but the certificate is not valid now and no timestamp says when that was.</source>
        <translation>签名后未经改动，但证书现已无效，也没有时间戳证明签名时间。</translation>
    </message>
    <message>
        <source>This is your picture %1, exactly as it was saved; it was not signed.</source>
        <translation>这是您的图片 %1，与保存时完全一致；当时没有签名。</translation>
    </message>
    <message>
        <source>The watermark names your picture %1; this is too small or too plain a part to tell whether it looks like it.</source>
        <translation>水印指向您的图片 %1；但这一部分太小或太单调，无法判断是否与其相像。</translation>
    </message>
    <message>
        <source>The watermark names your picture %1; what the ledger kept of that picture was erased, so nothing is left to compare this one with.</source>
        <translation>水印指向您的图片 %1；账本中为该图片保留的内容已被删除，因此没有可供比对的内容。</translation>
    </message>
    <message>
        <source>This is your picture %1: its watermark and its looks agree with the ledger; its signed manifest and its labels were removed.</source>
        <translation>这是您的图片 %1：水印和外观与账本相符；签名清单和标识已被移除。</translation>
    </message>
    <message>
        <source>This is your picture %1: its watermark and its looks agree with the ledger; its signed manifest was removed.</source>
        <translation>这是您的图片 %1：水印和外观与账本相符；签名清单已被移除。</translation>
    </message>
    <message>
        <source>This is your picture %1: its watermark and its looks agree with the ledger; its labels were removed.</source>
        <translation>这是您的图片 %1：水印和外观与账本相符；标识已被移除。</translation>
    </message>
    <message>
        <source>This is your picture %1: its watermark and its looks agree with the ledger.</source>
        <translation>这是您的图片 %1：水印和外观与账本相符。</translation>
    </message>
    <message>
        <source>The texts name your picture %1, and it looks like it; its watermark was not found.</source>
        <translation>文件中的文本指向您的图片 %1，外观也相似；但未找到其水印。</translation>
    </message>
    <message>
        <source>The texts say that this is Maquette&apos;s picture %1; nothing in the picture itself confirms it.</source>
        <translation>文件中的文本称这是 Maquette 的图片 %1；但图片本身无从证实。</translation>
    </message>
    <message>
        <source>Signed by Maquette on this computer, and not changed since.</source>
        <translation>由本机的 Maquette 签名，此后未经改动。</translation>
    </message>
    <message>
        <source>Signed by %1, whom you trust, and not changed since.</source>
        <translation>由您信任的 %1 签名，此后未经改动。</translation>
    </message>
    <message>
        <source>The watermark names your picture %1, but this is another picture: the mark was lifted off it and put here.</source>
        <translation>水印指向您的图片 %1，但这是另一张图片：标记是从那张图片上移植过来的。</translation>
    </message>
    <message>
        <source>The texts name your picture %1, but this is another picture: they were copied from it.</source>
        <translation>文件中的文本指向您的图片 %1，但这是另一张图片：文本是从那里复制来的。</translation>
    </message>
    <message>
        <source>Made with Maquette: the watermark names picture %1, which the ledger of this installation does not know.</source>
        <translation>由 Maquette 生成：水印指向图片 %1，而本安装的账本中没有它。</translation>
    </message>
    <message>
        <source>Its pixels are exactly those of your picture %1, which was saved without a watermark that can be read.</source>
        <translation>像素与您的图片 %1 完全一致，该图片保存时没有可读的水印。</translation>
    </message>
    <message>
        <source>Bears the invisible mark that %1 writes, and no mark of Maquette.</source>
        <translation>带有 %1 写入的隐形标记，没有 Maquette 的标记。</translation>
    </message>
    <message>
        <source>Looks like your picture %1, but carries none of its marks.</source>
        <translation>看起来像您的图片 %1，但没有它的任何标记。</translation>
    </message>
    <message>
        <source>Its metadata says that it was made with AI by %1; anybody can write or remove that.</source>
        <translation>元数据称它由 %1 用 AI 生成；但任何人都可以写入或移除这些信息。</translation>
    </message>
    <message>
        <source>Its metadata says that it was made with AI; anybody can write or remove that.</source>
        <translation>元数据称它由 AI 生成；但任何人都可以写入或移除这些信息。</translation>
    </message>
    <message>
        <source>Carries the recipe of an image generator; anybody can write or remove that.</source>
        <translation>带有图像生成工具的配方；但任何人都可以写入或移除这些信息。</translation>
    </message>
    <message>
        <source>No marks were found; this does not mean that it was not made by AI.</source>
        <translation>未发现任何标记；但这并不表示它不是由 AI 生成的。</translation>
    </message>
    <message>
        <source>This file was changed after it was signed.</source>
        <translation>此文件在签名后被改动过。</translation>
    </message>
    <message>
        <source>The signed statements of this file were changed.</source>
        <translation>此文件中经签名的声明被改动过。</translation>
    </message>
    <message>
        <source>The signature of this file does not fit what it signs.</source>
        <translation>此文件的签名与其内容不符。</translation>
    </message>
    <message>
        <source>The signed manifest of this file is damaged.</source>
        <translation>此文件的签名清单已损坏。</translation>
    </message>
    <message>
        <source>The signed manifest of this file does not hold.</source>
        <translation>此文件的签名清单不成立。</translation>
    </message>
    <message>
        <source>The signed manifest was removed.</source>
        <translation>签名清单已被移除。</translation>
    </message>
    <message>
        <source>There is no signed manifest.</source>
        <translation>没有签名清单。</translation>
    </message>
    <message>
        <source>The picture looks different from the one that was signed (%1 of 64 bits differ): the manifest was probably moved here from another file.</source>
        <translation>图片与所签名的图片看起来不同（64 位中有 %1 位不同）：清单可能是从其他文件移来的。</translation>
    </message>
    <message>
        <source>It states that AI made the picture.</source>
        <translation>其中声明图片由 AI 生成。</translation>
    </message>
    <message>
        <source>It was made from a picture that was signed as %1.</source>
        <translation>它由一张以“%1”名义签名的图片制作而成。</translation>
    </message>
    <message>
        <source>It was made from a picture signed as %1, but its signature does not hold.</source>
        <translation>它由一张以“%1”名义签名的图片制作而成，但该签名无效。</translation>
    </message>
    <message>
        <source>It was made from picture %1.</source>
        <translation>它由图片 %1 制作而成。</translation>
    </message>
    <message>
        <source>It was made from another picture.</source>
        <translation>它由另一张图片制作而成。</translation>
    </message>
    <message>
        <source>Labelled as made with AI by %1.</source>
        <translation>标识称由 %1 用 AI 生成。</translation>
    </message>
    <message>
        <source>Labelled as made with AI.</source>
        <translation>标识称由 AI 生成。</translation>
    </message>
    <message>
        <source>The label says that its origin is %1.</source>
        <translation>标识称其来源为 %1。</translation>
    </message>
    <message>
        <source>The AI label was removed.</source>
        <translation>AI 标识已被移除。</translation>
    </message>
    <message>
        <source>There is no AI label.</source>
        <translation>没有 AI 标识。</translation>
    </message>
    <message>
        <source>This file holds more than one picture; only the first was checked.</source>
        <translation>此文件含有多张图片；只核验了第一张。</translation>
    </message>
    <message>
        <source>Maquette&apos;s text of picture %1 is there, with its recipe.</source>
        <translation>含有 Maquette 图片 %1 的文本及其配方。</translation>
    </message>
    <message>
        <source>Maquette&apos;s text of picture %1 is there, without its recipe.</source>
        <translation>含有 Maquette 图片 %1 的文本，不含配方。</translation>
    </message>
    <message>
        <source>It carries a text of %1.</source>
        <translation>含有 %1 的文本。</translation>
    </message>
    <message>
        <source>It carries the recipe of an image generator.</source>
        <translation>含有图像生成工具的配方。</translation>
    </message>
    <message>
        <source>There is no recipe in this file.</source>
        <translation>此文件中没有配方。</translation>
    </message>
    <message>
        <source>There is no recipe.</source>
        <translation>没有配方。</translation>
    </message>
    <message>
        <source>The watermark names picture %1; by chance that happens in less than one of 10^%2 pictures.</source>
        <translation>水印指向图片 %1；偶然如此的可能性小于 10^%2 分之一。</translation>
    </message>
    <message>
        <source>The texts name another picture: %1.</source>
        <translation>文件中的文本指向另一张图片：%1。</translation>
    </message>
    <message>
        <source>The watermark that this picture had was not found.</source>
        <translation>未找到这张图片原有的水印。</translation>
    </message>
    <message>
        <source>No watermark was found; pictures below 256 pixels have none.</source>
        <translation>未找到水印；小于 256 像素的图片没有水印。</translation>
    </message>
    <message>
        <source>No watermark of Maquette was found.</source>
        <translation>未找到 Maquette 的水印。</translation>
    </message>
    <message>
        <source>The texts name different pictures: %1.</source>
        <translation>文件中的文本指向不同的图片：%1。</translation>
    </message>
    <message>
        <source>The ledger has exactly this file: picture %1, saved on %2 with %3.</source>
        <translation>账本中正有这个文件：图片 %1，于 %2 用 %3 保存。</translation>
    </message>
    <message>
        <source>The ledger knows picture %1, saved on %2 with %3.</source>
        <translation>账本中有图片 %1，于 %2 用 %3 保存。</translation>
    </message>
    <message>
        <source>The ledger of this installation does not know %1.</source>
        <translation>本安装的账本中没有 %1。</translation>
    </message>
    <message>
        <source>The ledger has kept the manifest that was signed with the original on %1.</source>
        <translation>账本保留了原图于 %1 签名的清单。</translation>
    </message>
    <message>
        <source>The ledger has kept the signed manifest that the original had.</source>
        <translation>账本保留了原图的签名清单。</translation>
    </message>
    <message>
        <source>The ledger has kept the original&apos;s signed manifest, but it does not hold now.</source>
        <translation>账本保留了原图的签名清单，但该清单现已无法成立。</translation>
    </message>
    <message>
        <source>Whether it looks like the picture that was saved cannot be told (%1 of 64 bits of the perceptual hash differ).</source>
        <translation>无法判断是否与所保存的图片相像（感知哈希 64 位中有 %1 位不同）。</translation>
    </message>
    <message>
        <source>It does not look like the picture that was saved (%1 of 64 bits of the perceptual hash differ).</source>
        <translation>看起来不像所保存的图片（感知哈希 64 位中有 %1 位不同）。</translation>
    </message>
    <message>
        <source>It looks like a part of the picture that was saved.</source>
        <translation>看起来是所保存图片的一部分。</translation>
    </message>
    <message>
        <source>The picture that was saved is in it, with something around it.</source>
        <translation>其中包含所保存的图片，周围另有其他内容。</translation>
    </message>
    <message>
        <source>It looks like the picture that was saved (%1 of 64 bits of the perceptual hash differ).</source>
        <translation>看起来与所保存的图片一致（感知哈希 64 位中有 %1 位不同）。</translation>
    </message>
    <message>
        <source>It looks like picture %1 (%2 of 64 bits of the perceptual hash differ).</source>
        <translation>看起来像图片 %1（感知哈希 64 位中有 %2 位不同）。</translation>
    </message>
    <message>
        <source>Its pixels are exactly those of picture %1.</source>
        <translation>像素与图片 %1 完全一致。</translation>
    </message>
    <message>
        <source>A second invisible mark (%1) names picture %2.</source>
        <translation>第二个隐形标记（%1）指向图片 %2。</translation>
    </message>
    <message>
        <source>It bears the invisible mark (%1) that %2 writes.</source>
        <translation>带有 %2 写入的隐形标记（%1）。</translation>
    </message>
    <message>
        <source>No invisible mark of another program was found.</source>
        <translation>未发现其他程序的隐形标记。</translation>
    </message>
    <message>
        <source>It was turned by 90° to the left.</source>
        <translation>被向左旋转了 90°。</translation>
    </message>
    <message>
        <source>It was turned by 180°.</source>
        <translation>被旋转了 180°。</translation>
    </message>
    <message>
        <source>It was turned by 90° to the right.</source>
        <translation>被向右旋转了 90°。</translation>
    </message>
    <message>
        <source>It is a part of the picture.</source>
        <translation>它是图片的一部分。</translation>
    </message>
    <message>
        <source>It was saved as JPEG at a quality of about %1.</source>
        <translation>被保存为 JPEG，质量约为 %1。</translation>
    </message>
    <message>
        <source>It was stretched to %1 in width and %2 in height.</source>
        <translation>被拉伸至宽 %1、高 %2。</translation>
    </message>
    <message>
        <source>It was scaled to %1.</source>
        <translation>被缩放至 %1。</translation>
    </message>
    <message>
        <source>It was mirrored.</source>
        <translation>被镜像翻转。</translation>
    </message>
    <message>
        <source>It was rotated by %1° to the left.</source>
        <translation>被向左转动了 %1°。</translation>
    </message>
    <message>
        <source>It was rotated by %1° to the right.</source>
        <translation>被向右转动了 %1°。</translation>
    </message>
    <message>
        <source>About %1 is missing on the left.</source>
        <translation>左侧缺少约 %1。</translation>
    </message>
    <message>
        <source>About %1 is missing at the top.</source>
        <translation>上方缺少约 %1。</translation>
    </message>
    <message>
        <source>About %1 is missing on the right.</source>
        <translation>右侧缺少约 %1。</translation>
    </message>
    <message>
        <source>About %1 is missing at the bottom.</source>
        <translation>下方缺少约 %1。</translation>
    </message>
    <message>
        <source>%1 is a folder; name an image file.</source>
        <translation>%1 是文件夹；请指定图片文件。</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>%1 is no ordinary file; name an image file.</source>
        <translation>%1 不是普通文件；请指定图片文件。</translation>
    </message>
    <message>
        <source>This file is larger than %1 MiB and was not read.</source>
        <translation>此文件大于 %1 MiB，未读取。</translation>
    </message>
    <message>
        <source>The file %1 cannot be opened.</source>
        <translation>无法打开文件 %1。</translation>
    </message>
    <message>
        <source>There is not enough memory to read this picture; close other programs first.</source>
        <translation>内存不足，无法读取这张图片；请先关闭其他程序。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong with this picture; the log has the details.</source>
        <translation>处理这张图片时发生意外错误；详情见日志。</translation>
    </message>
    <message>
        <source>No file was sent; please try again.</source>
        <translation>没有收到文件；请重试。</translation>
    </message>
    <message>
        <source>The check was cancelled.</source>
        <translation>核验已取消。</translation>
    </message>
    <message>
        <source>The process that checks pictures cannot be started; please run the set-up again.</source>
        <translation>无法启动核验图片的进程；请重新运行安装程序。</translation>
    </message>
    <message>
        <source>Reading this file took longer than %1 seconds and was given up; the file may be damaged.</source>
        <translation>读取此文件超过 %1 秒，已放弃；文件可能已损坏。</translation>
    </message>
    <message>
        <source>The process that checks pictures is of another version (%1) than the window (%2); please close Maquette and start it again.</source>
        <translation>核验图片的进程版本（%1）与窗口版本（%2）不同；请关闭 Maquette 后重新启动。</translation>
    </message>
    <message>
        <source>Reading this file was ended by the system, most likely because memory ran out; other files can be read as before.</source>
        <translation>系统终止了对此文件的读取，很可能是内存耗尽；其他文件仍可照常读取。</translation>
    </message>
    <message>
        <source>Reading this file ended unexpectedly (exit status %1); other files can be read as before.</source>
        <translation>读取此文件时意外终止（退出状态 %1）；其他文件仍可照常读取。</translation>
    </message>
    <message>
        <source>Valid, signed by this installation; the signer is not publicly trusted.</source>
        <translation>有效，由本安装签名；签名者不受公众信任。</translation>
    </message>
    <message>
        <source>Valid, signed by a trusted signer.</source>
        <translation>有效，由受信任的签名者签名。</translation>
    </message>
    <message>
        <source>Valid, but the signer is not known here, and anybody can sign under any name.</source>
        <translation>有效，但此处不认识签名者，而任何人都可以用任何名义签名。</translation>
    </message>
    <message>
        <source>Not valid: the manifest does not hold.</source>
        <translation>无效：清单不成立。</translation>
    </message>
    <message>
        <source>The manifest of this file is on a server, which was not asked.</source>
        <translation>此文件的清单在服务器上，未向其请求。</translation>
    </message>
    <message>
        <source>The picture or its texts were changed after signing, or the manifest was moved here from another file.</source>
        <translation>图片或其文本在签名后被改动过，或清单是从其他文件移来的。</translation>
    </message>
    <message>
        <source>A statement in the manifest was changed after signing.</source>
        <translation>清单中的声明在签名后被改动过。</translation>
    </message>
    <message>
        <source>The signature does not fit the manifest.</source>
        <translation>签名与清单不符。</translation>
    </message>
    <message>
        <source>The signing certificate has run out, and no trusted timestamp shows that it was valid when the picture was signed.</source>
        <translation>签名证书已到期，也没有可信的时间戳证明签名时证书有效。</translation>
    </message>
    <message>
        <source>The signing certificate begins later than this computer&apos;s date; check the clock.</source>
        <translation>签名证书的起始日期晚于本机日期；请检查时钟。</translation>
    </message>
    <message>
        <source>The signing certificate is not fit for signing pictures.</source>
        <translation>签名证书不适合为图片签名。</translation>
    </message>
    <message>
        <source>The manifest of something that went into the picture does not hold.</source>
        <translation>图片所用素材的清单不成立。</translation>
    </message>
    <message>
        <source>The manifest is damaged and cannot be read.</source>
        <translation>清单已损坏，无法读取。</translation>
    </message>
    <message>
        <source>The manifest breaks a rule of C2PA.</source>
        <translation>清单违反了 C2PA 的规则。</translation>
    </message>
    <message>
        <source>This image has %1 x %2 pixels, more than the %3 that are read; make it smaller first.</source>
        <translation>此图片为 %1 × %2 像素，超过可读取的 %3 像素；请先缩小。</translation>
    </message>
    <message>
        <source>This image has too many pixels to be read; make it smaller first.</source>
        <translation>此图片像素过多，无法读取；请先缩小。</translation>
    </message>
    <message>
        <source>This file is not a PNG, JPEG, WebP, AVIF or TIFF image, or its beginning is damaged.</source>
        <translation>此文件不是 PNG、JPEG、WebP、AVIF 或 TIFF 图片，或其开头已损坏。</translation>
    </message>
    <message>
        <source>This image is damaged and cannot be read; try another copy of it.</source>
        <translation>此图片已损坏，无法读取；请尝试它的另一份副本。</translation>
    </message>
    <message>
        <source>The recipe text of this file is too long and was not read.</source>
        <translation>此文件的配方文本过长，未读取。</translation>
    </message>
    <message>
        <source>The EXIF of this file is damaged and was not read.</source>
        <translation>此文件的 EXIF 已损坏，未读取。</translation>
    </message>
    <message>
        <source>This file has %1 AIGC labels, of which GB 45438-2025 allows one.</source>
        <translation>此文件有 %1 个 AIGC 标识，而 GB 45438-2025 只允许一个。</translation>
    </message>
    <message>
        <source>The Maquette record of this file is too long and was not read.</source>
        <translation>此文件的 Maquette 记录过长，未读取。</translation>
    </message>
    <message>
        <source>The Maquette record of this file is damaged or of a newer version and was not read.</source>
        <translation>此文件的 Maquette 记录已损坏或版本较新，未读取。</translation>
    </message>
    <message>
        <source>The XMP of this file is too long and was not read.</source>
        <translation>此文件的 XMP 过长，未读取。</translation>
    </message>
    <message>
        <source>The XMP of this file declares entities and was not read.</source>
        <translation>此文件的 XMP 声明了实体，未读取。</translation>
    </message>
    <message>
        <source>The XMP of this file is damaged and was not read.</source>
        <translation>此文件的 XMP 已损坏，未读取。</translation>
    </message>
    <message>
        <source>The AIGC label of this file is too long and was not read.</source>
        <translation>此文件的 AIGC 标识过长，未读取。</translation>
    </message>
    <message>
        <source>The AIGC label of this file is not as GB 45438-2025 asks and was not read.</source>
        <translation>此文件的 AIGC 标识不符合 GB 45438-2025，未读取。</translation>
    </message>
    <message>
        <source>This file is the picture %1, not %2; choose the picture again.</source>
        <translation>此文件是图片 %1，而不是 %2；请重新选择图片。</translation>
    </message>
    <message>
        <source>The longest side must be at least 1 pixel.</source>
        <translation>最长边必须至少为 1 像素。</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 pixels is too large; choose a smaller size.</source>
        <translation>%1 × %2 像素的图片过大；请选择更小的尺寸。</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard; copy one and paste again.</source>
        <translation>剪贴板中没有图片；请先复制一张图片再粘贴。</translation>
    </message>
    <message>
        <source>The reports were saved as %1.</source>
        <translation>报告已保存为 %1。</translation>
    </message>
    <message>
        <source>The reports could not be saved as %1 (%2); choose another folder or free some space.</source>
        <translation>报告无法保存为 %1（%2）；请另选文件夹或腾出一些空间。</translation>
    </message>
    <message>
        <source>A visible label says in a corner that AI generated the picture, at least 5 % of the shortest side high</source>
        <translation>图片一角有可见标识，说明由 AI 生成，字高不小于最短边的 5 %</translation>
    </message>
    <message>
        <source>The file carries one implicit label, and only one</source>
        <translation>文件中有且仅有一个隐式标识</translation>
    </message>
    <message>
        <source>The implicit label names its kind, the producer and the picture&apos;s number</source>
        <translation>隐式标识写明标识类别、生产者和图片编号</translation>
    </message>
    <message>
        <source>An invisible watermark is encouraged</source>
        <translation>鼓励添加隐形水印</translation>
    </message>
    <message>
        <source>Other tools can read that AI made the picture</source>
        <translation>其他工具可以读出图片由 AI 生成</translation>
    </message>
    <message>
        <source>Digitally signed metadata says that AI generated or edited the picture</source>
        <translation>带数字签名的元数据说明图片由 AI 生成或编辑</translation>
    </message>
    <message>
        <source>The signed metadata says when</source>
        <translation>签名的元数据写明时间</translation>
    </message>
    <message>
        <source>An imperceptible watermark is in the pixels</source>
        <translation>像素中含有不可察觉的水印</translation>
    </message>
    <message>
        <source>What was made can be looked up</source>
        <translation>已生成的内容可以查询</translation>
    </message>
    <message>
        <source>The mark is machine-readable by a public standard</source>
        <translation>标记依公开标准可由机器读取</translation>
    </message>
    <message>
        <source>The latent disclosure names the provider</source>
        <translation>隐性披露写明提供者</translation>
    </message>
    <message>
        <source>It names the generating system and its version</source>
        <translation>写明生成系统及其版本</translation>
    </message>
    <message>
        <source>It tells when the picture was made</source>
        <translation>写明图片的生成时间</translation>
    </message>
    <message>
        <source>It holds a unique identifier</source>
        <translation>含有唯一标识符</translation>
    </message>
    <message>
        <source>The disclosure is permanent or hard to remove</source>
        <translation>披露是永久的，或难以移除</translation>
    </message>
    <message>
        <source>It follows widely accepted industry standards</source>
        <translation>遵循广泛认可的行业标准</translation>
    </message>
    <message>
        <source>An invisible watermark names the record</source>
        <translation>隐形水印写明记录编号</translation>
    </message>
    <message>
        <source>The file says that AI made the picture</source>
        <translation>文件说明图片由 AI 生成</translation>
    </message>
    <message>
        <source>GB 45438-2025, 5.2</source>
        <translation>GB 45438-2025 第 5.2 条</translation>
    </message>
    <message>
        <source>GB 45438-2025, 6 and annex E</source>
        <translation>GB 45438-2025 第 6 章和附录 E</translation>
    </message>
    <message>
        <source>GB 45438-2025, annex E</source>
        <translation>GB 45438-2025 附录 E</translation>
    </message>
    <message>
        <source>Labeling Measures, Article 5</source>
        <translation>《人工智能生成合成内容标识办法》第五条</translation>
    </message>
    <message>
        <source>IPTC Photo Metadata 2025.1, Digital Source Type</source>
        <translation>IPTC Photo Metadata 2025.1 数字来源类型</translation>
    </message>
    <message>
        <source>AI Act, Article 50(2); Code of Practice, 1.1.1</source>
        <translation>欧盟《人工智能法》第 50 条第 2 款；行为准则 1.1.1</translation>
    </message>
    <message>
        <source>Code of Practice, 1.1.1</source>
        <translation>行为准则 1.1.1</translation>
    </message>
    <message>
        <source>AI Act, Article 50(2); Code of Practice, 1.1.2</source>
        <translation>欧盟《人工智能法》第 50 条第 2 款；行为准则 1.1.2</translation>
    </message>
    <message>
        <source>Code of Practice, 1.1.3 (optional)</source>
        <translation>行为准则 1.1.3（可选）</translation>
    </message>
    <message>
        <source>AI Act, Article 50(2); IPTC Photo Metadata 2025.1, Digital Source Type</source>
        <translation>欧盟《人工智能法》第 50 条第 2 款；IPTC Photo Metadata 2025.1 数字来源类型</translation>
    </message>
    <message>
        <source>SB 942, section 22757.3(a)</source>
        <translation>SB 942 第 22757.3(a) 节</translation>
    </message>
    <message>
        <source>Maquette: no file is without it</source>
        <translation>Maquette：每个文件都有</translation>
    </message>
    <message>
        <source>The picture&apos;s own colour profile cannot be used, so its colours were taken to be sRGB.</source>
        <translation>图片自带的颜色配置文件无法使用，因此按 sRGB 读取其颜色。</translation>
    </message>
    <message>
        <source>The picture was saved without a readable AI label.</source>
        <translation>图片已保存，但其中没有可读的 AI 标识。</translation>
    </message>
    <message>
        <source>The picture was saved without a readable recipe.</source>
        <translation>图片已保存，但其中没有可读的配方。</translation>
    </message>
    <message>
        <source>The picture was saved without a readable AIGC label.</source>
        <translation>图片已保存，但其中没有可读的 AIGC 标识。</translation>
    </message>
    <message>
        <source>The picture was saved without a legible visible label.</source>
        <translation>图片已保存，但其中没有清晰的可见标识。</translation>
    </message>
    <message>
        <source>The picture was saved without a readable extra mark.</source>
        <translation>图片已保存，但其中没有可读的附加标记。</translation>
    </message>
    <message>
        <source>The picture was saved without a signed manifest.</source>
        <translation>图片已保存，但没有签名清单。</translation>
    </message>
    <message>
        <source>The picture was saved without a readable invisible watermark.</source>
        <translation>图片已保存，但其中没有可读的隐形水印。</translation>
    </message>
    <message>
        <source>The extra mark was left out, since it would have covered the watermark.</source>
        <translation>未写入附加标记，因为它会掩盖水印。</translation>
    </message>
    <message>
        <source>The picture is too small for the visible label.</source>
        <translation>图片太小，放不下可见标识。</translation>
    </message>
    <message>
        <source>The picture changed while it was encoded; please make it again.</source>
        <translation>图片在编码时发生了变化；请重新生成。</translation>
    </message>
    <message>
        <source>This picture holds no invisible watermark.</source>
        <translation>这张图片没有隐形水印。</translation>
    </message>
    <message>
        <source>A picture smaller than %1 x %2 pixels cannot carry the invisible watermark.</source>
        <translation>小于 %1 × %2 像素的图片无法携带隐形水印。</translation>
    </message>
    <message>
        <source>The extra mark rivaGan needs invisible-watermark and onnxruntime; install them with pip install maquette[extra-marks].</source>
        <translation>附加标记 rivaGan 需要 invisible-watermark 和 onnxruntime；请用 pip install maquette[extra-marks] 安装。</translation>
    </message>
    <message>
        <source>A %1 file can be at most %2 pixels wide or high; choose a smaller size or PNG.</source>
        <translation>%1 文件的宽和高最多为 %2 像素；请选择更小的尺寸或 PNG。</translation>
    </message>
    <message>
        <source>The quality must be between 1 and 100, not %1.</source>
        <translation>质量必须在 1 到 100 之间，不能是 %1。</translation>
    </message>
    <message>
        <source>The timestamp authority did not answer as it should, so the picture was signed without a timestamp; check its address in the settings.</source>
        <translation>时间戳服务没有正常应答，图片已签名但没有时间戳；请在设置中检查其地址。</translation>
    </message>
    <message>
        <source>The manifest could not be signed; try again, or save without signing.</source>
        <translation>清单无法签名；请重试，或在不签名的情况下保存。</translation>
    </message>
    <message>
        <source>The start image&apos;s own manifest could not be kept in this picture, because that file is damaged or has too long a history; keep the start image beside it.</source>
        <translation>起始图自带的清单无法保留在这张图片中，因为该文件已损坏或历史过长；请将起始图一并保存。</translation>
    </message>
    <message>
        <source>This kind of key cannot sign manifests; choose ECDSA (P-256 to P-521), RSA or Ed25519.</source>
        <translation>这种密钥不能为清单签名；请选择 ECDSA（P-256 至 P-521）、RSA 或 Ed25519。</translation>
    </message>
    <message>
        <source>The key does not belong to the certificate; choose the two files that go together.</source>
        <translation>密钥与证书不是一对；请选择相互匹配的两个文件。</translation>
    </message>
    <message>
        <source>The signing certificate is not valid on this computer&apos;s date; correct the clock, or change who signs (maquette identity).</source>
        <translation>按这台计算机的日期，签名证书无效；请校正时钟，或更改签名者（maquette identity）。</translation>
    </message>
    <message>
        <source>The signing certificate does not have the form that C2PA asks for (usage emailProtection or claimSigning, digitalSignature, no CA); change who signs (maquette identity).</source>
        <translation>签名证书不符合 C2PA 要求的形式（用途为 emailProtection 或 claimSigning、digitalSignature，且不是 CA）；请更改签名者（maquette identity）。</translation>
    </message>
    <message>
        <source>The signing key does not work with its certificate; change who signs (maquette identity).</source>
        <translation>签名密钥与其证书不配；请更改签名者（maquette identity）。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MiB, so a signed manifest in it is not kept in pictures made from it; keep the file beside them.</source>
        <translation>%1 大于 %2 MiB，因此其中若有已签名的清单，不会保留到由它制作的图片中；请将该文件一并保存。</translation>
    </message>
    <message>
        <source>The system&apos;s keychain does not give the signing key, so pictures are signed with a new certificate, whose key is in a file; those signed before still count as yours.</source>
        <translation>系统钥匙串没有给出签名密钥，因此图片改用新证书签名，其密钥保存在文件中；以前签名的图片仍算作您的。</translation>
    </message>
    <message>
        <source>The system&apos;s keychain does not give the signing key; unlock it, or try again.</source>
        <translation>系统钥匙串没有给出签名密钥；请解锁钥匙串，或重试。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read; check its permissions.</source>
        <translation>无法读取文件夹 %1；请检查其权限。</translation>
    </message>
    <message>
        <source>The signing certificate ran out on %1; choose a valid one, or correct this computer&apos;s clock.</source>
        <translation>签名证书已于 %1 到期；请选择有效的证书，或校正本机时钟。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock says %1, but the signing certificate begins on %2; correct the clock.</source>
        <translation>本机时钟为 %1，而签名证书自 %2 起有效；请校正时钟。</translation>
    </message>
    <message>
        <source>The file %1 is missing; put it back, or choose another certificate.</source>
        <translation>文件 %1 不见了；请放回原处，或选择其他证书。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read; check its permissions.</source>
        <translation>无法读取文件 %1；请检查其权限。</translation>
    </message>
    <message>
        <source>The file %1 is too large for a certificate or a key; choose another one.</source>
        <translation>文件 %1 太大，不会是证书或密钥；请选择其他文件。</translation>
    </message>
    <message>
        <source>The key file needs a password; enter it with the certificate.</source>
        <translation>密钥文件需要密码；请与证书一起输入。</translation>
    </message>
    <message>
        <source>This kind of certificate cannot sign; choose another one.</source>
        <translation>这种证书不能用于签名；请另选一个。</translation>
    </message>
    <message>
        <source>The certificate file is damaged or not in PEM form; choose a PEM file with the signing certificate first.</source>
        <translation>证书文件已损坏或不是 PEM 格式；请选择以签名证书开头的 PEM 文件。</translation>
    </message>
    <message>
        <source>The password of the key file is wrong; enter it again.</source>
        <translation>密钥文件的密码不正确；请重新输入。</translation>
    </message>
    <message>
        <source>The key file is damaged or not a private key in PEM form; choose another file.</source>
        <translation>密钥文件已损坏，或不是 PEM 格式的私钥；请另选文件。</translation>
    </message>
    <message>
        <source>The signing certificate had run out and was followed by a new one.</source>
        <translation>原签名证书已到期，已换用新证书。</translation>
    </message>
    <message>
        <source>The signing key cannot be written to %1; make room there, or make it writable.</source>
        <translation>签名密钥无法写入 %1；请腾出空间，或使其可写。</translation>
    </message>
    <message>
        <source>The file %1 is damaged; choose your certificate again.</source>
        <translation>文件 %1 已损坏；请重新选择您的证书。</translation>
    </message>
    <message>
        <source>The choice cannot be written to %1; make room there, or make it writable.</source>
        <translation>该选择无法写入 %1；请腾出空间，或使其可写。</translation>
    </message>
    <message>
        <source>The choice in %1 cannot be removed; make the folder writable.</source>
        <translation>无法移除 %1 中的选择；请使该文件夹可写。</translation>
    </message>
    <message>
        <source>The signing key %1 is missing; put it back, or run maquette identity --renew to make a new one.</source>
        <translation>签名密钥 %1 不见了；请放回原处，或运行 maquette identity --renew 新建一个。</translation>
    </message>
    <message>
        <source>The signing key %1 cannot be opened; restore it, or run maquette identity --renew to make a new one.</source>
        <translation>签名密钥 %1 无法打开；请恢复它，或运行 maquette identity --renew 新建一个。</translation>
    </message>
    <message>
        <source>The ledger could not be written (%1), so the picture was not kept; check the disk and try again.</source>
        <translation>账本无法写入（%1），因此没有保留图片；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The ledger has a row that cannot be read; run maquette doctor to see which.</source>
        <translation>账本中有一行无法读取；请运行 maquette doctor 查看是哪一行。</translation>
    </message>
    <message>
        <source>The ledger could not be written (%1); check the disk and try again.</source>
        <translation>账本无法写入（%1）；请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>There is no file %1; please check the path.</source>
        <translation>找不到文件 %1，请检查路径。</translation>
    </message>
    <message>
        <source>%1 is not a file; please choose another one.</source>
        <translation>%1 不是文件，请另选一个。</translation>
    </message>
    <message>
        <source>%1 cannot be read; check the path and the permissions.</source>
        <translation>无法读取 %1，请检查路径和权限。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MiB; please split it.</source>
        <translation>%1 超过 %2 MiB，请拆分。</translation>
    </message>
    <message>
        <source>%1 has more than %2 lines; please split it.</source>
        <translation>%1 超过 %2 行，请拆分。</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 and was read as GB18030 (Chinese); if the prompts look wrong, save it as UTF-8.</source>
        <translation>%1 不是 UTF-8，已按 GB18030 读取；如果提示词显示不正确，请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>%1 is not text in UTF-8 or GB18030; save it as UTF-8.</source>
        <translation>%1 不是 UTF-8 或 GB18030 文本，请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>This line is in another encoding than the others; save the whole file as UTF-8.</source>
        <translation>此行与其他行的编码不同，请将整个文件另存为 UTF-8。</translation>
    </message>
    <message>
        <source>From here on %1 more lines are in another encoding; save the whole file as UTF-8.</source>
        <translation>从这里起还有 %1 行使用另一种编码，请将整个文件另存为 UTF-8。</translation>
    </message>
    <message>
        <source>%1 is no batch file; use one that ends in %2.</source>
        <translation>%1 不是批量文件，请使用以 %2 结尾的文件。</translation>
    </message>
    <message>
        <source>%1 has no prompts in it.</source>
        <translation>%1 中没有提示词。</translation>
    </message>
    <message>
        <source>This line is not JSON; write one object on each line.</source>
        <translation>此行不是 JSON；请每行写一个对象。</translation>
    </message>
    <message>
        <source>This line is no object; write %1.</source>
        <translation>此行不是对象；请写成 %1。</translation>
    </message>
    <message>
        <source>This line has no prompt.</source>
        <translation>此行没有提示词。</translation>
    </message>
    <message>
        <source>This line has %1 values and the table %2 columns; put quotes around a value that has the separator in it.</source>
        <translation>此行有 %1 个值，而表格有 %2 列；含有分隔符的值请加引号。</translation>
    </message>
    <message>
        <source>This line cannot be read as a table; look for a quote without its partner.</source>
        <translation>此行无法作为表格读取，请检查是否有不成对的引号。</translation>
    </message>
    <message>
        <source>The first line must name the columns, at least prompt; there are %1.</source>
        <translation>第一行必须写出列名，至少要有 prompt；可用的列：%1。</translation>
    </message>
    <message>
        <source>The column “%1” is there twice.</source>
        <translation>列“%1”出现了两次。</translation>
    </message>
    <message>
        <source>The column “prompt” is missing.</source>
        <translation>缺少列“prompt”。</translation>
    </message>
    <message>
        <source>There is no column “%1”; “%2” is the nearest one, and a # before a name has it ignored.</source>
        <translation>没有列“%1”；最接近的是“%2”，在列名前加 # 可忽略该列。</translation>
    </message>
    <message>
        <source>There is no column “%1”; a # before its name has it ignored. The columns are %2.</source>
        <translation>没有列“%1”；在列名前加 # 可忽略该列。可用的列：%2。</translation>
    </message>
    <message>
        <source>“%1” must be text, not %2.</source>
        <translation>“%1”必须是文本，不能是 %2。</translation>
    </message>
    <message>
        <source>“%1” must be a path, not %2.</source>
        <translation>“%1”必须是路径，不能是 %2。</translation>
    </message>
    <message>
        <source>“%1” must be a whole number, not %2.</source>
        <translation>“%1”必须是整数，不能是 %2。</translation>
    </message>
    <message>
        <source>“%1” must be a number, not %2.</source>
        <translation>“%1”必须是数字，不能是 %2。</translation>
    </message>
    <message>
        <source>“%1” is longer than %2 characters; please shorten it.</source>
        <translation>“%1”超过 %2 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>“%1” may have 1 to %2 values in one line.</source>
        <translation>“%1”在一行中可以有 1 到 %2 个值。</translation>
    </message>
    <message>
        <source>There is no sampler %1; use %2.</source>
        <translation>没有采样器 %1；请使用 %2。</translation>
    </message>
    <message>
        <source>The seeds %1 are no range of at most %2 seeds; write the smaller one first.</source>
        <translation>%1 不是最多 %2 个种子的范围；请把较小的写在前面。</translation>
    </message>
    <message>
        <source>The count must be between 1 and %1, not %2.</source>
        <translation>数量必须是 1 到 %1，不能是 %2。</translation>
    </message>
    <message>
        <source>The batch asks for %1 pictures, and %2 are the most; please split it.</source>
        <translation>此批量要求 %1 张图片，最多 %2 张，请拆分。</translation>
    </message>
    <message>
        <source>The strength needs a picture to start from; name one in start.</source>
        <translation>变化强度需要起始图，请在 start 列中写明。</translation>
    </message>
    <message>
        <source>The start picture %1 must lie in the folder of the batch file; copy it there.</source>
        <translation>起始图 %1 必须位于批量文件所在的文件夹中，请复制到那里。</translation>
    </message>
    <message>
        <source>There is no start picture %1 beside the batch file.</source>
        <translation>批量文件旁没有起始图 %1。</translation>
    </message>
    <message>
        <source>The start picture %1 cannot be read.</source>
        <translation>无法读取起始图 %1。</translation>
    </message>
    <message>
        <source>The start pictures take more than %1 MiB together; please split the batch.</source>
        <translation>起始图合计超过 %1 MiB，请拆分批量。</translation>
    </message>
    <message>
        <source>A batch may name models on this machine only; please copy the model.</source>
        <translation>批量只能使用本机上的模型，请先复制模型。</translation>
    </message>
    <message>
        <source>There is a “{” without its “}”; write \{ for a brace.</source>
        <translation>有“{”却没有对应的“}”；要写花括号本身，请写 \{。</translation>
    </message>
    <message>
        <source>There is a “}” without its “{”; write \} for a brace.</source>
        <translation>有“}”却没有对应的“{”；要写花括号本身，请写 \}。</translation>
    </message>
    <message>
        <source>The variants are more than %1 deep in one another; please make them simpler.</source>
        <translation>变体嵌套超过 %1 层，请简化。</translation>
    </message>
    <message>
        <source>With its variants the prompt may get longer than %1 characters; please shorten it.</source>
        <translation>加上变体后提示词可能超过 %1 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>The wildcard “%1” leads back to itself; take it out of %2.txt.</source>
        <translation>通配符“%1”引用了自身，请从 %2.txt 中去掉。</translation>
    </message>
    <message>
        <source>There is no file %1.txt beside the batch file for “%2”; write \__ if no file is meant.</source>
        <translation>批量文件旁没有“%2”所需的 %1.txt；如果不是指文件，请写 \__。</translation>
    </message>
    <message>
        <source>%1 must have 1 to %2 lines, not %3.</source>
        <translation>%1 必须有 1 到 %2 行，不能是 %3 行。</translation>
    </message>
    <message>
        <source>The batch was stopped before this picture was made; make it again, or skip it.</source>
        <translation>批量在生成此图片之前停止了；请重新生成或跳过。</translation>
    </message>
    <message>
        <source>One job was cleared away; its picture, if it was made, stays.</source>
        <translation>已清除 1 个任务；已生成的图片会保留。</translation>
    </message>
    <message>
        <source>%1 jobs were cleared away; the pictures that were made stay.</source>
        <translation>已清除 %1 个任务；已生成的图片会保留。</translation>
    </message>
    <message>
        <source>Maquette was not closed properly: the queue is paused, with %1 interrupted and %2 waiting.</source>
        <translation>Maquette 上次没有正常关闭：队列已暂停，%1 个任务被中断，%2 个在等待。</translation>
    </message>
    <message>
        <source>The queue is paused, with %1 waiting.</source>
        <translation>队列已暂停，%1 个任务在等待。</translation>
    </message>
    <message>
        <source>Only the first %1 characters are searched for.</source>
        <translation>只搜索前 %1 个字符。</translation>
    </message>
    <message>
        <source>Only the first %1 terms are searched for.</source>
        <translation>只搜索前 %1 个条件。</translation>
    </message>
    <message>
        <source>There is no field %1; fields are %2.</source>
        <translation>没有字段 %1；可用的字段有 %2。</translation>
    </message>
    <message>
        <source>Write after %1: what to look for.</source>
        <translation>请在 %1: 后面写上要找的内容。</translation>
    </message>
    <message>
        <source>%1 has no letter and no number: write a word to look for.</source>
        <translation>“%1”里没有文字也没有数字：请写一个要查找的词。</translation>
    </message>
    <message>
        <source>%1 is no rating: write a number from 0 to %2, as in rating:&gt;=4.</source>
        <translation>%1 不是评分：请写 0 到 %2 的数字，例如 rating:&gt;=4。</translation>
    </message>
    <message>
        <source>%1 is no seed: write a whole number, as in seed:7.</source>
        <translation>%1 不是种子：请写整数，例如 seed:7。</translation>
    </message>
    <message>
        <source>%1 is no size: write 512x768, or the longer side as in size:&gt;=1024.</source>
        <translation>%1 不是尺寸：请写 512x768，或写长边，例如 size:&gt;=1024。</translation>
    </message>
    <message>
        <source>%1 is no date: write a day as 2026-03-31, a month as 2026-03, a year, or today, yesterday, week, month, year.</source>
        <translation>%1 不是日期：请写某日如 2026-03-31、某月如 2026-03、某年，或者 今天、昨天、本周、本月、今年。</translation>
    </message>
    <message>
        <source>Write one date after %1: only.</source>
        <translation>%1: 后面只能写一个日期。</translation>
    </message>
    <message>
        <source>%1 is nothing that %2: knows; it knows %3.</source>
        <translation>%2: 不认识 %1；可用的有 %3。</translation>
    </message>
    <message>
        <source>%1 is no record: write its id as in record:7F3A-91C2.</source>
        <translation>%1 不是记录编号：请写成 record:7F3A-91C2 这样。</translation>
    </message>
    <message>
        <source>%1 is no fidelity: write a number from 0 to 1, as in fidelity:&gt;=0.8.</source>
        <translation>%1 不是保真度：请写 0 到 1 之间的数字，例如 fidelity:&gt;=0.8。</translation>
    </message>
    <message>
        <source>A rating is a number from 0 to %1; choose one of those.</source>
        <translation>评分是 0 到 %1 的数字；请从中选择。</translation>
    </message>
    <message>
        <source>The note is longer than %1 characters; please shorten it.</source>
        <translation>备注超过 %1 个字符；请缩短。</translation>
    </message>
    <message>
        <source>The tag has no name; write one.</source>
        <translation>标签没有名称；请写一个。</translation>
    </message>
    <message>
        <source>The board has no name; write one.</source>
        <translation>画板没有名称；请写一个。</translation>
    </message>
    <message>
        <source>The name of the tag is longer than %1 characters; please shorten it.</source>
        <translation>标签名称超过 %1 个字符；请缩短。</translation>
    </message>
    <message>
        <source>The name of the board is longer than %1 characters; please shorten it.</source>
        <translation>画板名称超过 %1 个字符；请缩短。</translation>
    </message>
    <message>
        <source>The board is not there any more; choose another one.</source>
        <translation>这个画板已不存在；请选择另一个。</translation>
    </message>
    <message>
        <source>There is a board called %1 already; choose another name.</source>
        <translation>已有名为 %1 的画板；请换一个名称。</translation>
    </message>
    <message>
        <source>%1 is not there any more; its picture is in the trash without it.</source>
        <translation>文件 %1 已不存在；图片已放入回收站，但没有文件。</translation>
    </message>
    <message>
        <source>%1 is not there any more; its picture is in the library as a missing one.</source>
        <translation>文件 %1 已不存在；图片以缺失状态留在图库中。</translation>
    </message>
    <message>
        <source>Some files could not be moved (%1); try again.</source>
        <translation>有些文件无法移动（%1）；请重试。</translation>
    </message>
    <message>
        <source>The files in %1 could not be moved (%2); check that the folder is there and can be written to.</source>
        <translation>%1 中的文件无法移动（%2）；请检查该文件夹是否在位且可写。</translation>
    </message>
    <message>
        <source>The trash in %1 could not be emptied (%2).</source>
        <translation>无法清空 %1 中的回收站（%2）。</translation>
    </message>
    <message>
        <source>There are too many pictures called %1 in %2; rename some of them.</source>
        <translation>%2 中名为 %1 的图片太多；请给其中一些改名。</translation>
    </message>
    <message>
        <source>The library is closed; open Maquette again to use it.</source>
        <translation>图库已关闭；请重新打开 Maquette 再使用。</translation>
    </message>
    <message>
        <source>The library is in use by another program; wait until it is done, and try again.</source>
        <translation>图库正被另一个程序使用；请等它完成后再试。</translation>
    </message>
    <message>
        <source>The library could not be written (%1); check that its disk is there, has space and can be written to, and try again.</source>
        <translation>无法写入图库（%1）；请检查磁盘是否在位、有空间且可写，然后重试。</translation>
    </message>
    <message>
        <source>The library could not be backed up beside %1 (%2); check the disk, and run maquette doctor if it goes on.</source>
        <translation>无法在 %1 旁边备份图库（%2）；请检查磁盘，若仍如此请运行 maquette doctor。</translation>
    </message>
    <message>
        <source>There is no library %1; choose another file.</source>
        <translation>没有图库 %1；请选择另一个文件。</translation>
    </message>
    <message>
        <source>The queue cannot be opened in %1; check that the folder exists and can be written to.</source>
        <translation>无法在 %1 中打开队列；请检查该文件夹是否存在且可写入。</translation>
    </message>
    <message>
        <source>The queue is in use by another program; wait until it is done, and try again.</source>
        <translation>队列正被另一个程序使用；请等它完成后重试。</translation>
    </message>
    <message>
        <source>The queue could not be written (%1); check that its disk is there, has space and can be written to, and try again.</source>
        <translation>无法写入队列（%1）；请检查所在磁盘是否已连接、有空间且可写入，然后重试。</translation>
    </message>
    <message>
        <source>The queue %1 cannot be read (%2); move it away and start again, the pictures themselves are safe.</source>
        <translation>无法读取队列 %1（%2）；请将其移走后重新启动，图片本身是安全的。</translation>
    </message>
    <message>
        <source>The queue was written by a newer version of Maquette; please update Maquette to open it.</source>
        <translation>队列由更新版本的 Maquette 写入；请更新 Maquette 后再打开。</translation>
    </message>
    <message>
        <source>The queue is closed; please start Maquette again.</source>
        <translation>队列已关闭；请重新启动 Maquette。</translation>
    </message>
    <message>
        <source>The start picture of a job is damaged in the queue; make that job anew.</source>
        <translation>队列中某个任务的起始图片已损坏；请重新创建该任务。</translation>
    </message>
    <message>
        <source>Maquette ended while it made this picture; make it again, or skip it.</source>
        <translation>制作这张图片时 Maquette 退出了；请重新制作，或跳过它。</translation>
    </message>
    <message>
        <source>Maquette ended while it saved this picture; look for it in the library before you make it again.</source>
        <translation>保存这张图片时 Maquette 退出了；重新制作之前，请先在图库中找一找。</translation>
    </message>
    <message>
        <source>Maquette ended again while it made this picture, which is set aside now; change the job, or queue it again to try once more.</source>
        <translation>制作这张图片时 Maquette 再次退出，该任务现已搁置；请修改任务，或将其重新排入队列再试一次。</translation>
    </message>
    <message>
        <source>The worker ended again while it made this picture, which is set aside now; change the job, or queue it again to try once more.</source>
        <translation>制作这张图片时工作进程再次退出，该任务现已搁置；请修改任务，或将其重新排入队列再试一次。</translation>
    </message>
    <message>
        <source>The library %1 cannot be read (%2); run maquette doctor --rebuild, which makes it anew from the pictures, which are safe.</source>
        <translation>无法读取图库 %1（%2）；请运行 maquette doctor --rebuild，它会根据图片重建图库，图片本身是安全的。</translation>
    </message>
    <message>
        <source>The ledger is in use by another program; wait until it is done, and try again.</source>
        <translation>账本正被另一个程序使用；请等它完成后再试。</translation>
    </message>
    <message>
        <source>The ledger could not be written (%1); check that its disk is there, has space and can be written to, and try again.</source>
        <translation>无法写入账本（%1）；请检查其磁盘是否在线、有空间且可写入，然后再试。</translation>
    </message>
    <message>
        <source>The folder %1 is not there or empty, so its pictures cannot be opened; connect its disk, or import the folder where it is now.</source>
        <translation>文件夹 %1 不存在或为空，因此无法打开其中的图片；请连接其磁盘，或从现在的位置导入该文件夹。</translation>
    </message>
    <message>
        <source>1 picture is missing, its file was moved or removed; import the folder where it is now to find it again.</source>
        <translation>1 张图片缺失，其文件已被移动或删除；请导入它现在所在的文件夹以重新找到它。</translation>
    </message>
    <message>
        <source>%1 pictures are missing, their files were moved or removed; import the folder where they are now to find them again.</source>
        <translation>%1 张图片缺失，其文件已被移动或删除；请导入它们现在所在的文件夹以重新找到它们。</translation>
    </message>
    <message>
        <source>The library is in use; close all windows and commands of Maquette, and try again.</source>
        <translation>图库正在使用中；请关闭 Maquette 的所有窗口和命令，然后再试。</translation>
    </message>
    <message>
        <source>The new index could not be written in %1 (%2), and the old one is as it was; check the disk and try again.</source>
        <translation>无法在 %1 中写入新索引（%2），旧索引保持原样；请检查磁盘后再试。</translation>
    </message>
    <message>
        <source>The library&apos;s index is being made anew: %1 of %2 files.</source>
        <translation>正在重建图库索引：%1/%2 个文件。</translation>
    </message>
    <message>
        <source>The library&apos;s index was made anew; pictures in it: %1.</source>
        <translation>图库索引已重建；其中的图片数：%1。</translation>
    </message>
    <message>
        <source>Ratings, tags, boards, notes and trash could not be read from the old index, which is kept beside the new one.</source>
        <translation>无法从旧索引中读取评分、标签、画板、备注和回收站；旧索引保留在新索引旁边。</translation>
    </message>
    <message>
        <source>There is no file or folder %1.</source>
        <translation>没有名为 %1 的文件或文件夹。</translation>
    </message>
    <message>
        <source>The path %1 cannot be opened.</source>
        <translation>无法打开路径 %1。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be listed; check its permissions.</source>
        <translation>无法列出文件夹 %1 的内容；请检查其权限。</translation>
    </message>
    <message>
        <source>1 picture was moved to the trash.</source>
        <translation>1 张图片已移到回收站。</translation>
    </message>
    <message>
        <source>%1 pictures were moved to the trash.</source>
        <translation>%1 张图片已移到回收站。</translation>
    </message>
    <message>
        <source>The board %1 was removed; its pictures stay in the library.</source>
        <translation>画板“%1”已移除；其中的图片仍在图库中。</translation>
    </message>
    <message>
        <source>1 picture was imported.</source>
        <translation>已导入 1 张图片。</translation>
    </message>
    <message>
        <source>%1 pictures were imported.</source>
        <translation>已导入 %1 张图片。</translation>
    </message>
    <message>
        <source>Missing pictures that were found again: %1.</source>
        <translation>重新找到的缺失图片：%1 张。</translation>
    </message>
    <message>
        <source>Files that the library has already: %1.</source>
        <translation>图库中已有的文件：%1 个。</translation>
    </message>
    <message>
        <source>Files that are no pictures, or cannot be read: %1.</source>
        <translation>不是图片或无法读取的文件：%1 个。</translation>
    </message>
    <message>
        <source>This picture was made with %1; its prompt and numbers are laid out, and the result will differ.</source>
        <translation>这张图片由 %1 生成；已填入其提示词和参数，但结果会有所不同。</translation>
    </message>
    <message>
        <source>The control model&apos;s path cannot be read.</source>
        <translation>无法读取控制模型的路径。</translation>
    </message>
    <message>
        <source>There is no control model at %1; please check the path.</source>
        <translation>%1 处没有控制模型，请检查路径。</translation>
    </message>
    <message>
        <source>The control model %1 is made for %2 and cannot steer %3, which is the built-in model; choose one that is made for it.</source>
        <translation>控制模型 %1 是为 %2 制作的，不能控制内置模型 %3；请选择为其制作的控制模型。</translation>
    </message>
    <message>
        <source>The control model %1 is made for %2 and cannot steer %3, which is of the family %4; choose one that is made for it.</source>
        <translation>控制模型 %1 是为 %2 制作的，不能控制属于 %4 系列的 %3；请选择为其制作的控制模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: its weights (%2) are missing; please fetch the control model again.</source>
        <translation>%1 不完整：缺少权重（%2）；请重新获取该控制模型。</translation>
    </message>
    <message>
        <source>%1 is no control model that can be used (%2); ControlNets and T2I-Adapters for Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 不是可用的控制模型（%2）；可以使用 Stable Diffusion 1.x、2.x 和 SDXL 的 ControlNet 与 T2I-Adapter。</translation>
    </message>
    <message>
        <source>%1 is not opened, because such model files can run programs; please get the control model as .safetensors, or convert it.</source>
        <translation>未打开 %1，因为此类模型文件可能运行程序；请获取 .safetensors 格式的控制模型，或将其转换。</translation>
    </message>
    <message>
        <source>%1 is not a complete control model; please fetch it again.</source>
        <translation>%1 不是完整的控制模型，请重新获取。</translation>
    </message>
    <message>
        <source>%1 is a light T2I-Adapter; please get the full one.</source>
        <translation>%1 是轻量版 T2I-Adapter，请获取完整版。</translation>
    </message>
    <message>
        <source>%1 is no control model that can be used; ControlNets and T2I-Adapters for Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 不是可用的控制模型；可以使用 Stable Diffusion 1.x、2.x 和 SDXL 的 ControlNet 与 T2I-Adapter。</translation>
    </message>
    <message>
        <source>%1 takes more than a picture to steer by, which cannot be given here; please get a ControlNet for sketches, edges, depth, normals or colours.</source>
        <translation>%1 除图像外还需要其他输入，这里无法提供；请获取用于草图、边缘、深度、法线或色彩的 ControlNet。</translation>
    </message>
    <message>
        <source>%1 is a T2I-Adapter for a model of another kind; Stable Diffusion 1.x and SDXL can be steered.</source>
        <translation>%1 是用于其他种类模型的 T2I-Adapter；可以控制的是 Stable Diffusion 1.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 is made for a model of another kind; Stable Diffusion 1.x, 2.x and SDXL can be steered.</source>
        <translation>%1 是为其他种类的模型制作的；可以控制的是 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 is a control-LoRA, which holds only what differs from the base model; please get the full ControlNet.</source>
        <translation>%1 是 control-LoRA，只包含与基础模型的差异；请获取完整的 ControlNet。</translation>
    </message>
    <message>
        <source>%1 is a ControlNet-LLLite, which cannot be used here; please get the full ControlNet.</source>
        <translation>%1 是 ControlNet-LLLite，这里无法使用；请获取完整的 ControlNet。</translation>
    </message>
    <message>
        <source>%1 is a union of many ControlNets, which cannot be used here; please get the one for a kind.</source>
        <translation>%1 是多种 ControlNet 的合集，这里无法使用；请获取针对单一种类的 ControlNet。</translation>
    </message>
    <message>
        <source>%1 is made for moving pictures, which cannot be made here.</source>
        <translation>%1 是为动态影像制作的，这里无法生成动态影像。</translation>
    </message>
    <message>
        <source>%1 is an IP-Adapter, which takes over looks and not lines; please get a ControlNet.</source>
        <translation>%1 是 IP-Adapter，它沿用的是外观而不是线条；请获取 ControlNet。</translation>
    </message>
    <message>
        <source>%1 is a whole model; please add it among the models.</source>
        <translation>%1 是完整的模型，请在“模型”中添加。</translation>
    </message>
    <message>
        <source>The control model %1 cannot be loaded, because its files do not fit together; please fetch it again.</source>
        <translation>无法加载控制模型 %1，因为其文件互不匹配；请重新获取。</translation>
    </message>
    <message>
        <source>%1 cannot follow a sketch by itself; please choose a control model for it.</source>
        <translation>%1 自己不能跟随草图；请为其选择控制模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: its network for sketches cannot be loaded; please fetch the model again.</source>
        <translation>%1 不完整：无法加载其草图网络；请重新获取该模型。</translation>
    </message>
    <message>
        <source>The control model %1 is made for another %2 model than %3; choose one that is made for it.</source>
        <translation>控制模型 %1 是为 %3 以外的 %2 模型制作的；请选择为其制作的控制模型。</translation>
    </message>
    <message>
        <source>The scale of a control must be a number between %1 and %2, not %3.</source>
        <translation>控制图的强度必须是 %1 到 %2 之间的数，而不是 %3。</translation>
    </message>
    <message>
        <source>The begin of a control must be a number between %1 and %2, not %3.</source>
        <translation>控制图的起点必须是 %1 到 %2 之间的数，而不是 %3。</translation>
    </message>
    <message>
        <source>The end of a control must be a number between %1 and %2, not %3.</source>
        <translation>控制图的终点必须是 %1 到 %2 之间的数，而不是 %3。</translation>
    </message>
    <message>
        <source>The guidance of a control must be a number between %1 and %2, not %3.</source>
        <translation>控制图的引导强度必须是 %1 到 %2 之间的数，而不是 %3。</translation>
    </message>
    <message>
        <source>A control must begin before it ends.</source>
        <translation>控制图的起点必须在终点之前。</translation>
    </message>
    <message>
        <source>At most %1 controls can steer one picture.</source>
        <translation>一张图片最多可由 %1 个控制图引导。</translation>
    </message>
    <message>
        <source>A locked region needs the picture that it is part of; please start from one.</source>
        <translation>锁定区域需要它所属的图片；请从一张图片开始。</translation>
    </message>
    <message>
        <source>This model cannot be steered by a sketch; please add a control model that fits it, or choose another model.</source>
        <translation>此模型不能由草图引导；请添加一个适用的控制模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>This model cannot be steered by a picture of edges; please add a control model that fits it, or choose another model.</source>
        <translation>此模型不能由边缘图引导；请添加一个适用的控制模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>This model cannot be steered by a depth image; please add a control model that fits it, or choose another model.</source>
        <translation>此模型不能由深度图引导；请添加一个适用的控制模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>This model cannot be steered by a normal map; please add a control model that fits it, or choose another model.</source>
        <translation>此模型不能由法线图引导；请添加一个适用的控制模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>The sketch was left out, because this model cannot be steered by one.</source>
        <translation>此模型不能由草图引导，因此没有使用草图。</translation>
    </message>
    <message>
        <source>The picture of edges was left out, because this model cannot be steered by one.</source>
        <translation>此模型不能由边缘图引导，因此没有使用边缘图。</translation>
    </message>
    <message>
        <source>The depth image was left out, because this model cannot be steered by one.</source>
        <translation>此模型不能由深度图引导，因此没有使用深度图。</translation>
    </message>
    <message>
        <source>The normal map was left out, because this model cannot be steered by one.</source>
        <translation>此模型不能由法线图引导，因此没有使用法线图。</translation>
    </message>
    <message>
        <source>There was no guidance by outlines, because the model&apos;s decoder or the picture is too large for it.</source>
        <translation>没有使用轮廓引导，因为模型的解码器或图片对它来说太大。</translation>
    </message>
    <message>
        <source>The colour layout was left out, because the picture starts from another image.</source>
        <translation>图片从另一张图像开始，因此没有使用颜色布局。</translation>
    </message>
    <message>
        <source>The start image does not have the size of the picture to be made; please choose it again.</source>
        <translation>起始图像的尺寸与要生成的图片不同；请重新选择。</translation>
    </message>
    <message>
        <source>There is not enough memory to load the control model too; please use fewer of them or close other programs.</source>
        <translation>内存不足，无法同时加载控制模型；请少用几个控制模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The worker sent no picture; please try again.</source>
        <translation>工作进程没有发来图片；请重试。</translation>
    </message>
    <message>
        <source>The picture or its sketch was not sent whole; please try again.</source>
        <translation>图片或其草图没有完整传输；请重试。</translation>
    </message>
    <message>
        <source>This picture is not of the size of its sketch any more, so they cannot be compared.</source>
        <translation>这张图片的尺寸已与草图不同，因此无法比较。</translation>
    </message>
    <message>
        <source>The sketch of a job is damaged in the queue; make that job anew.</source>
        <translation>队列中某项任务的草图已损坏；请重新创建该任务。</translation>
    </message>
    <message>
        <source>A sketch or map is not of the picture&apos;s size; please choose it again.</source>
        <translation>草图或遮罩与图片尺寸不符；请重新选择。</translation>
    </message>
    <message>
        <source>The sketch of this picture is not at hand any more; please choose it again.</source>
        <translation>这张图片的草图已不在手边；请重新选择。</translation>
    </message>
    <message>
        <source>A sketch was changed while its picture was queued; please try again.</source>
        <translation>图片加入队列时草图被更改；请重试。</translation>
    </message>
    <message>
        <source>A sketch of this picture is missing or of another size; please choose it again.</source>
        <translation>这张图片的草图缺失或尺寸不符；请重新选择。</translation>
    </message>
    <message>
        <source>%1 is no sketch: write the beginning of its digest, as in sketch:3fa9c2.</source>
        <translation>%1 不是草图：请写出其摘要的开头，例如 sketch:3fa9c2。</translation>
    </message>
    <message>
        <source>There are no lines in this picture; draw some, or turn the detail up.</source>
        <translation>这张图片里没有线条；请画一些，或调高细节。</translation>
    </message>
    <message>
        <source>The corners enclose no sheet of paper, so the whole image was taken.</source>
        <translation>四角没有围住纸张，因此使用了整张图片。</translation>
    </message>
    <message>
        <source>This picture is animated, so its first image was taken.</source>
        <translation>这是动图，因此使用了它的第一帧。</translation>
    </message>
    <message>
        <source>A sketch must be %1 to %2 pixels wide and high, not %3.</source>
        <translation>草图的宽和高必须在 %1 到 %2 像素之间，不能是 %3。</translation>
    </message>
    <message>
        <source>%1 has more pixels than can be opened; please make it smaller first.</source>
        <translation>%1 的像素太多，无法打开；请先缩小它。</translation>
    </message>
    <message>
        <source>No picture was sent; please try again.</source>
        <translation>没有收到图片；请重试。</translation>
    </message>
    <message>
        <source>This SVG file is damaged and cannot be read; export it again.</source>
        <translation>这个 SVG 文件已损坏，无法读取；请重新导出。</translation>
    </message>
    <message>
        <source>This file holds no SVG drawing; export it again.</source>
        <translation>这个文件里没有 SVG 图形；请重新导出。</translation>
    </message>
    <message>
        <source>This SVG file is larger than %1 MiB and was not read.</source>
        <translation>这个 SVG 文件超过 %1 MiB，没有读取。</translation>
    </message>
    <message>
        <source>This SVG file defines entities, which are not read; export it again as plain SVG.</source>
        <translation>这个 SVG 文件定义了实体，不予读取；请重新导出为普通 SVG。</translation>
    </message>
    <message>
        <source>This SVG file is too complex to be read; export it as PNG and import that.</source>
        <translation>这个 SVG 文件太复杂，无法读取；请导出为 PNG 再导入。</translation>
    </message>
    <message>
        <source>This SVG file takes too long to draw; export it as PNG and import that.</source>
        <translation>绘制这个 SVG 文件耗时太长；请导出为 PNG 再导入。</translation>
    </message>
    <message>
        <source>This SVG file cannot be drawn; export it as PNG and import that.</source>
        <translation>无法绘制这个 SVG 文件；请导出为 PNG 再导入。</translation>
    </message>
    <message>
        <source>The process that draws SVG files cannot be started; please run the set-up again.</source>
        <translation>无法启动绘制 SVG 文件的进程；请重新运行安装程序。</translation>
    </message>
    <message>
        <source>Only %1 was opened: a sketch is made of one image at a time.</source>
        <translation>只打开了 %1：一次只能用一张图片生成草图。</translation>
    </message>
    <message>
        <source>There are no lines to follow yet; draw some, or import a sketch.</source>
        <translation>还没有可跟随的线条；请画一些，或导入草图。</translation>
    </message>
    <message>
        <source>The model %1 cannot follow a sketch without a control model; add one that fits it, or choose the built-in model.</source>
        <translation>没有控制模型，模型 %1 不能跟随草图；请添加一个适用的控制模型，或选择内置模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot follow a picture&apos;s edges without a control model; add one that fits it, or choose the built-in model.</source>
        <translation>没有控制模型，模型 %1 不能跟随图片的边缘；请添加一个适用的控制模型，或选择内置模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot follow a depth image without a control model; add one that fits it, or choose the built-in model.</source>
        <translation>没有控制模型，模型 %1 不能跟随深度图；请添加一个适用的控制模型，或选择内置模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot follow a normal map without a control model; add one that fits it, or choose the built-in model.</source>
        <translation>没有控制模型，模型 %1 不能跟随法线图；请添加一个适用的控制模型，或选择内置模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot follow a colour layout without a control model; add one that fits it, or choose the built-in model.</source>
        <translation>没有控制模型，模型 %1 不能跟随颜色布局；请添加一个适用的控制模型，或选择内置模型。</translation>
    </message>
    <message>
        <source>An image that steers this picture beside its sketch is not at hand any more; choose it again to get the same result.</source>
        <translation>与草图一同引导这张图片的一张图像已不在；要得到相同的结果，请重新选择它。</translation>
    </message>
    <message>
        <source>The image %1 of a control is not there any more; choose another one, or take the control away.</source>
        <translation>控制图像 %1 已不存在；请另选一张，或移除这个控制。</translation>
    </message>
    <message>
        <source>The sketch of this picture is not at hand any more; draw it again and press Generate.</source>
        <translation>这张图片的草图已不在手边；请重新绘制并点按“生成”。</translation>
    </message>
    <message>
        <source>The sketch of this picture is not at hand any more; draw it again, or import it.</source>
        <translation>这张图片的草图已不在手边；请重新绘制或导入。</translation>
    </message>
    <message>
        <source>This picture follows a sketch; bring it back as a drawing to make it again, or follow the drawing of now.</source>
        <translation>这张图片跟随一幅草图；可将其取回为绘图以重新制作，或跟随当前的绘图。</translation>
    </message>
    <message>
        <source>The worker ended in live mode and is started again; live goes on by itself.</source>
        <translation>工作进程在实时模式中结束，正在重新启动；实时模式会自动继续。</translation>
    </message>
    <message>
        <source>The worker ended twice in live mode, so live mode is switched off; a smaller size or another model may go better.</source>
        <translation>工作进程在实时模式中两次结束，因此实时模式已关闭；较小的尺寸或另一个模型可能更合适。</translation>
    </message>
    <message>
        <source>A board needs at least one word in its rows and columns.</source>
        <translation>组图的行和列都至少需要一个词语。</translation>
    </message>
    <message>
        <source>A board may have %1 pictures at most, and this one asks for %2; take some words or seeds away.</source>
        <translation>一组图最多 %1 张图片，而这一组需要 %2 张；请去掉一些词语或种子。</translation>
    </message>
    <message>
        <source>The labels of the board could not be saved; the pictures are made all the same.</source>
        <translation>组图的标签无法保存；图片仍会照常制作。</translation>
    </message>
    <message>
        <source>None of the board&apos;s pictures is finished yet; please wait for one.</source>
        <translation>这组图还没有完成的图片；请稍候。</translation>
    </message>
    <message>
        <source>The fidelity to reach must be a number between 0 and 1, not %1.</source>
        <translation>要达到的保真度必须是 0 到 1 之间的数字，而不是 %1。</translation>
    </message>
    <message>
        <source>The number of tries must be between 1 and %1, not %2.</source>
        <translation>尝试次数必须在 1 到 %1 之间，而不是 %2。</translation>
    </message>
    <message>
        <source>The sides of a sketch must be between %1 and %2 pixels, not %3 × %4.</source>
        <translation>草图的边长必须在 %1 到 %2 像素之间，而不是 %3 × %4。</translation>
    </message>
    <message>
        <source>A sketch has at most %1 layers; merge or remove one of them first.</source>
        <translation>一幅草图最多有 %1 个图层；请先合并或删除其中一个。</translation>
    </message>
    <message>
        <source>A sketch has at most %1 layers; merge or remove some of them first.</source>
        <translation>一张草图最多有 %1 个图层；请先合并或删除一些。</translation>
    </message>
    <message>
        <source>A sketch of %1 × %2 pixels cannot have %3 layers; make it smaller or remove some of them.</source>
        <translation>%1 × %2 像素的草图不能有 %3 个图层；请缩小草图或删除一些图层。</translation>
    </message>
    <message>
        <source>A sketch needs a layer; add another one before this is removed.</source>
        <translation>草图至少需要一个图层；请先添加另一个，再删除这个。</translation>
    </message>
    <message>
        <source>There is no layer below; move this one up first.</source>
        <translation>下面没有图层；请先把这个图层上移。</translation>
    </message>
    <message>
        <source>Layers can be merged when both are shown and not locked.</source>
        <translation>两个图层都显示且未锁定时才能合并。</translation>
    </message>
    <message>
        <source>This sketch is open in another window of Maquette; close it there first.</source>
        <translation>这幅草图已在 Maquette 的另一个窗口中打开；请先在那里关闭它。</translation>
    </message>
    <message>
        <source>The disk is full, so the sketch cannot be kept; free some space and draw on.</source>
        <translation>磁盘已满，草图无法保存；请腾出一些空间后继续绘制。</translation>
    </message>
    <message>
        <source>The sketch cannot be kept in %1; check that its disk is there and can be written to.</source>
        <translation>草图无法保存在 %1；请检查其磁盘是否存在且可写。</translation>
    </message>
    <message>
        <source>The sketch %1 is damaged and cannot be read; open another one.</source>
        <translation>草图 %1 已损坏，无法读取；请打开另一幅。</translation>
    </message>
    <message>
        <source>The sketch is damaged and cannot be read; open another one.</source>
        <translation>草图已损坏，无法读取；请打开另一幅。</translation>
    </message>
    <message>
        <source>The sketch was written by a newer version of Maquette; please update Maquette to open it.</source>
        <translation>这幅草图由更新版本的 Maquette 写入；请更新 Maquette 后再打开。</translation>
    </message>
    <message>
        <source>This sketch is no longer there; choose another one.</source>
        <translation>这幅草图已不存在；请选择另一幅。</translation>
    </message>
    <message>
        <source>There is nothing in this sketch; choose another one.</source>
        <translation>这幅草图是空的；请选择另一幅。</translation>
    </message>
    <message>
        <source>There is no such sketch; choose another one.</source>
        <translation>没有这幅草图；请选择另一幅。</translation>
    </message>
    <message>
        <source>The sketch could not be moved; it may be open in another window of Maquette.</source>
        <translation>草图无法移动；它可能已在 Maquette 的另一个窗口中打开。</translation>
    </message>
    <message>
        <source>The sketch was saved as %1.</source>
        <translation>草图已保存为 %1。</translation>
    </message>
    <message>
        <source>The sketch could not be saved as %1 (%2); choose another folder or free some space.</source>
        <translation>草图无法保存为 %1（%2）；请选择另一个文件夹或腾出一些空间。</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2); check the file and its folder.</source>
        <translation>%1 无法读取（%2）；请检查该文件及其文件夹。</translation>
    </message>
    <message>
        <source>%1 is damaged or cut off; get the file again.</source>
        <translation>%1 已损坏或不完整；请重新获取该文件。</translation>
    </message>
    <message>
        <source>%1 holds paths that no sketch has and is not opened; get the file from somebody you trust.</source>
        <translation>%1 含有草图不会有的路径，未打开；请从您信任的人那里获取该文件。</translation>
    </message>
    <message>
        <source>%1 unpacks to more than a sketch can be and is not opened.</source>
        <translation>%1 解压后超出草图的上限，未打开。</translation>
    </message>
    <message>
        <source>A layer of %1 is larger than a sketch can be; make it smaller first.</source>
        <translation>%1 的一个图层超出草图的最大尺寸；请先缩小它。</translation>
    </message>
    <message>
        <source>%1 is not a sketch that can be opened; choose a .maquette or .ora file.</source>
        <translation>%1 不是可以打开的草图；请选择 .maquette 或 .ora 文件。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Maquette; please update Maquette to open it.</source>
        <translation>%1 由更新版本的 Maquette 写入；请更新 Maquette 后再打开。</translation>
    </message>
    <message>
        <source>1 layer is missing in %1; the others were opened.</source>
        <translation>%1 缺少 1 个图层；其余图层已打开。</translation>
    </message>
    <message>
        <source>%1 layers are missing in %2; the others were opened.</source>
        <translation>%2 缺少 %1 个图层；其余图层已打开。</translation>
    </message>
    <message>
        <source>Layers of %1 that blend in other ways are shown plainly here.</source>
        <translation>%1 中使用其他混合方式的图层在这里按普通方式显示。</translation>
    </message>
    <message>
        <source>The sketch is in the trash.</source>
        <translation>草图已移到回收站。</translation>
    </message>
    <message>
        <source>The sketch “%1” is in the trash.</source>
        <translation>草图“%1”已移到回收站。</translation>
    </message>
    <message>
        <source>%1 sketches are in the trash.</source>
        <translation>%1 张草图已移到回收站。</translation>
    </message>
    <message>
        <source>A style needs an id of small letters and digits; please give it another one.</source>
        <translation>风格需要由小写字母和数字组成的编号；请换一个。</translation>
    </message>
    <message>
        <source>A style needs a name; please give it one.</source>
        <translation>风格需要名称；请为它取名。</translation>
    </message>
    <message>
        <source>The names of a style are plain text of at most %1 characters; shorten them.</source>
        <translation>风格的名称须为不超过 %1 个字符的纯文本；请缩短。</translation>
    </message>
    <message>
        <source>The description of a style has at most %1 characters; please shorten it.</source>
        <translation>风格的说明最多 %1 个字符；请缩短。</translation>
    </message>
    <message>
        <source>The words of a style are plain text of at most %1 characters; please shorten them.</source>
        <translation>风格的词语须为不超过 %1 个字符的纯文本；请缩短。</translation>
    </message>
    <message>
        <source>The words of a style have at most %1 places for the prompt; remove some.</source>
        <translation>风格的词语中最多有 %1 处提示词位置；请去掉一些。</translation>
    </message>
    <message>
        <source>A style needs words, a LoRA or settings of its own; please write some words.</source>
        <translation>风格需要自己的词语、LoRA 或设置；请写一些词语。</translation>
    </message>
    <message>
        <source>A style has at most %1 LoRAs, with weights from %2 to %3; change them.</source>
        <translation>风格最多有 %1 个 LoRA，权重在 %2 到 %3 之间；请修改。</translation>
    </message>
    <message>
        <source>%1 is no file of styles; choose a .maquette-style file, a Fooocus .json file or a styles.csv.</source>
        <translation>%1 不是风格文件；请选择 .maquette-style 文件、Fooocus 的 .json 文件或 styles.csv。</translation>
    </message>
    <message>
        <source>%1 has no style that can be used; choose another file.</source>
        <translation>%1 里没有可用的风格；请选择另一个文件。</translation>
    </message>
    <message>
        <source>%1 has more than %2 styles; please split it into several files.</source>
        <translation>%1 里的风格超过 %2 个；请拆分成几个文件。</translation>
    </message>
    <message>
        <source>1 style was left out of %1.</source>
        <translation>%1 中有 1 个风格被略去。</translation>
    </message>
    <message>
        <source>%1 styles were left out of %2.</source>
        <translation>%2 中有 %1 个风格被略去。</translation>
    </message>
    <message>
        <source>A style there says what this version does not know.</source>
        <translation>其中一个风格含有本版本不认识的内容。</translation>
    </message>
    <message>
        <source>%1 holds paths that no style has and is not opened; get the file from somebody you trust.</source>
        <translation>%1 含有风格文件不会有的路径，未打开；请从可信的人那里获取文件。</translation>
    </message>
    <message>
        <source>%1 unpacks to more than a style can be and is not opened.</source>
        <translation>%1 解开后超过风格文件可能的大小，未打开。</translation>
    </message>
    <message>
        <source>%1 is larger than a file of styles can be; choose another one.</source>
        <translation>%1 大于风格文件可能的大小；请选择另一个。</translation>
    </message>
    <message>
        <source>%1 in the folder of styles holds several; take it in with Import.</source>
        <translation>风格文件夹中的 %1 含有多个风格；请用“导入”收入。</translation>
    </message>
    <message>
        <source>The styles could not be saved as %1 (%2); choose another folder or free some space.</source>
        <translation>风格无法保存为 %1（%2）；请选择另一个文件夹，或腾出空间。</translation>
    </message>
    <message>
        <source>A style&apos;s sample picture has at most %1 MiB; choose a smaller one.</source>
        <translation>风格的样图最多 %1 MiB；请选择较小的图。</translation>
    </message>
    <message>
        <source>The sample picture cannot be read; choose another one.</source>
        <translation>样图无法读取；请选择另一张。</translation>
    </message>
    <message>
        <source>There is no such style; choose another one.</source>
        <translation>没有这个风格；请选择另一个。</translation>
    </message>
    <message>
        <source>The style is not in the trash any more.</source>
        <translation>该风格已不在回收站中。</translation>
    </message>
    <message>
        <source>Another style is in its place by now; delete that one first.</source>
        <translation>它的位置上已有另一个风格；请先删除那一个。</translation>
    </message>
    <message>
        <source>The style could not be moved (%1); check that the folder of styles can be written to.</source>
        <translation>风格无法移动（%1）；请检查风格文件夹能否写入。</translation>
    </message>
    <message>
        <source>The favourites could not be saved (%1); check that the folder of styles can be written to.</source>
        <translation>收藏无法保存（%1）；请检查风格文件夹能否写入。</translation>
    </message>
    <message>
        <source>The style “%1” was deleted.</source>
        <translation>已删除风格“%1”。</translation>
    </message>
    <message>
        <source>%1 styles were added.</source>
        <translation>已添加 %1 个风格。</translation>
    </message>
    <message>
        <source>The style “%1” was added.</source>
        <translation>已添加风格“%1”。</translation>
    </message>
    <message>
        <source>All styles of %1 are here already.</source>
        <translation>%1 里的风格都已在这里。</translation>
    </message>
    <message>
        <source>%1 styles were saved as %2.</source>
        <translation>已将 %1 个风格保存为 %2。</translation>
    </message>
    <message>
        <source>The style was saved as %1.</source>
        <translation>风格已保存为 %1。</translation>
    </message>
    <message>
        <source>The share of a blend must be a number between 0 and 1, not %1.</source>
        <translation>混合的占比必须是 0 到 1 之间的数字，而不是 %1。</translation>
    </message>
    <message>
        <source>The second prompt of a blend is longer than %1 characters; please shorten it.</source>
        <translation>混合的第二条提示词超过 %1 个字符；请缩短。</translation>
    </message>
    <message>
        <source>A blend is made of two styles that are not blends; choose another one.</source>
        <translation>混合由两种本身不是混合的风格组成；请选择其他风格。</translation>
    </message>
    <message>
        <source>These two styles have more than %1 LoRAs together; blend others.</source>
        <translation>这两种风格的 LoRA 合计超过 %1 个；请混合其他风格。</translation>
    </message>
    <message>
        <source>At either end there is one style alone; move the slider first.</source>
        <translation>在两端只有一种风格；请先移动滑块。</translation>
    </message>
    <message>
        <source>The board %1 is finished; its sheet was saved as %2.</source>
        <translation>风格组图 %1 已完成；版面已保存为 %2。</translation>
    </message>
    <message>
        <source>The board %1 was saved as %2, with %3 of its pictures missing.</source>
        <translation>风格组图 %1 已保存为 %2，其中缺少 %3 张图片。</translation>
    </message>
    <message>
        <source>There are too many boards of this name; please remove some.</source>
        <translation>同名的画板太多；请删除一些。</translation>
    </message>
    <message>
        <source>The LoRA %1 is not at hand and is not in the file.</source>
        <translation>LoRA %1 不在手边，因此未放入文件。</translation>
    </message>
    <message>
        <source>The LoRA %1 is too large for the file and is not in it.</source>
        <translation>LoRA %1 太大，因此未放入文件。</translation>
    </message>
    <message>
        <source>The LoRA %1 in %2 is another one than its style names and was left out.</source>
        <translation>%2 中的 LoRA %1 与其风格所指的不是同一个，已略过。</translation>
    </message>
    <message>
        <source>The LoRA of a style could not be saved in %1 (%2); check that the folder can be written to.</source>
        <translation>风格的 LoRA 无法保存到 %1（%2）；请检查该文件夹是否可写。</translation>
    </message>
    <message>
        <source>At most %1 LoRAs can be used for one picture; please take some away.</source>
        <translation>一张图片最多可以使用 %1 个 LoRA；请去掉一些。</translation>
    </message>
    <message>
        <source>The weight of a LoRA must be a number between %1 and %2, not %3.</source>
        <translation>LoRA 的权重必须是 %1 到 %2 之间的数字，而不是 %3。</translation>
    </message>
    <message>
        <source>The LoRA %1 is there twice; please take one of them away.</source>
        <translation>LoRA %1 出现了两次；请去掉其中一个。</translation>
    </message>
    <message>
        <source>%1 is a control-LoRA, which steers by a picture and adds no style.</source>
        <translation>%1 是 control-LoRA，它用图片引导，不增添风格。</translation>
    </message>
    <message>
        <source>%1 is a LyCORIS network of another kind (LoHa, LoKr, OFT, GLoRA or IA3), which cannot be used here; please get a LoRA.</source>
        <translation>%1 是另一种 LyCORIS 网络（LoHa、LoKr、OFT、GLoRA 或 IA3），在这里无法使用；请获取 LoRA。</translation>
    </message>
    <message>
        <source>%1 is made for a model of another kind; LoRAs for Stable Diffusion 1.x, 2.x, SDXL and the built-in model can be used.</source>
        <translation>%1 是为另一种模型制作的；可以使用适用于 Stable Diffusion 1.x、2.x、SDXL 和内置模型的 LoRA。</translation>
    </message>
    <message>
        <source>%1 is an embedding of words (textual inversion) and no LoRA.</source>
        <translation>%1 是词嵌入（textual inversion），不是 LoRA。</translation>
    </message>
    <message>
        <source>%1 is a control model; please add it in the settings under control models.</source>
        <translation>%1 是控制模型；请在设置的“控制模型”中添加。</translation>
    </message>
    <message>
        <source>%1 is no LoRA that can be used; those in the formats of kohya, diffusers and PEFT can.</source>
        <translation>%1 不是可以使用的 LoRA；可以使用 kohya、diffusers 和 PEFT 格式的 LoRA。</translation>
    </message>
    <message>
        <source>%1 is not a complete LoRA; please fetch it again.</source>
        <translation>%1 不是完整的 LoRA；请重新获取。</translation>
    </message>
    <message>
        <source>The LoRA&apos;s path cannot be read.</source>
        <translation>无法读取 LoRA 的路径。</translation>
    </message>
    <message>
        <source>%1 is not opened, because such files can run programs; please get the LoRA as .safetensors.</source>
        <translation>未打开 %1，因为这类文件可以运行程序；请获取 .safetensors 格式的 LoRA。</translation>
    </message>
    <message>
        <source>There is no LoRA at %1; please check the path.</source>
        <translation>%1 处没有 LoRA；请检查路径。</translation>
    </message>
    <message>
        <source>%1 is no LoRA; they are .safetensors files.</source>
        <translation>%1 不是 LoRA；LoRA 是 .safetensors 文件。</translation>
    </message>
    <message>
        <source>The LoRA %1 is made for %2 and cannot be added to %3, which is the built-in model; choose one that is made for it.</source>
        <translation>LoRA %1 是为 %2 制作的，不能加到内置模型 %3 上；请选择适用于它的 LoRA。</translation>
    </message>
    <message>
        <source>The LoRA %1 is made for %2 and cannot be added to %3, which is of the family %4; choose one that is made for it.</source>
        <translation>LoRA %1 是为 %2 制作的，不能加到属于 %4 系列的 %3 上；请选择适用于它的 LoRA。</translation>
    </message>
    <message>
        <source>The LoRA %1 of this recipe is not at hand; please add its file, or take it out of the stack.</source>
        <translation>找不到此配方的 LoRA %1；请添加它的文件，或将它移出列表。</translation>
    </message>
    <message>
        <source>The LoRA %1 cannot be loaded, because its file is damaged; please fetch it again.</source>
        <translation>无法加载 LoRA %1，因为它的文件已损坏；请重新获取。</translation>
    </message>
    <message>
        <source>The LoRA %1 fits nothing in %2; choose one that is made for it.</source>
        <translation>LoRA %1 与 %2 完全不匹配；请选择适用于它的 LoRA。</translation>
    </message>
    <message>
        <source>The LoRA %1 has weights that are no numbers (NaN), so its training or its download went wrong; please get another copy.</source>
        <translation>LoRA %1 的权重中有非数字（NaN），说明它的训练或下载出了错；请另外获取一份。</translation>
    </message>
    <message>
        <source>The LoRA %1 cannot be added to %2; please get another version of it.</source>
        <translation>无法将 LoRA %1 加到 %2 上；请获取它的其他版本。</translation>
    </message>
    <message>
        <source>Of the LoRA %1, %2 of %3 keys were applied; %4 are unknown to this model.</source>
        <translation>LoRA %1 的 %3 个键中应用了 %2 个；此模型不认识其余 %4 个。</translation>
    </message>
    <message>
        <source>There is not enough memory to add these LoRAs to the model; please use fewer of them or close other programs.</source>
        <translation>内存不足，无法将这些 LoRA 加到模型上；请少用几个，或关闭其他程序。</translation>
    </message>
    <message>
        <source>There is no LoRA in this folder; LoRAs are .safetensors files.</source>
        <translation>此文件夹中没有 LoRA；LoRA 是 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 LoRAs are on offer now.</source>
        <translation>现在有 %1 个 LoRA 可供选择。</translation>
    </message>
    <message>
        <source>%1 is another file than the LoRA %2 of the stack; choose its own file, or take it out and add this one.</source>
        <translation>%1 与列表中的 LoRA %2 不是同一个文件；请选择它自己的文件，或将其移除后添加这一个。</translation>
    </message>
    <message>
        <source>The strength of a style image must be a number between 0 and 1, not %1.</source>
        <translation>风格图的强度必须是 0 到 1 之间的数，而不是 %1。</translation>
    </message>
    <message>
        <source>A style image of this picture is missing or of another size; please choose it again.</source>
        <translation>此图片的风格图缺失或尺寸不符；请重新选择。</translation>
    </message>
    <message>
        <source>An image of this picture is missing or of another size; please choose it again.</source>
        <translation>此图片的一张图像缺失或尺寸不符；请重新选择。</translation>
    </message>
    <message>
        <source>The style image of this picture is not at hand any more; please choose it again.</source>
        <translation>此图片的风格图已不在手边；请重新选择。</translation>
    </message>
    <message>
        <source>The style image of this picture is not at hand any more; choose it again to get the same result.</source>
        <translation>此图片的风格图已不在手边；请重新选择，以得到同样的结果。</translation>
    </message>
    <message>
        <source>The style image of this picture is not at hand any more; choose it again and press Generate.</source>
        <translation>此图片的风格图已不在手边；请重新选择，再按“生成”。</translation>
    </message>
    <message>
        <source>The IP-Adapter&apos;s path cannot be read.</source>
        <translation>无法读取 IP-Adapter 的路径。</translation>
    </message>
    <message>
        <source>%1 is not opened, because such files can run programs; please get the IP-Adapter as .safetensors.</source>
        <translation>没有打开 %1，因为这类文件可以运行程序；请获取 .safetensors 格式的 IP-Adapter。</translation>
    </message>
    <message>
        <source>There is no IP-Adapter at %1; please check the path.</source>
        <translation>%1 处没有 IP-Adapter；请检查路径。</translation>
    </message>
    <message>
        <source>%1 is no IP-Adapter; they are .safetensors files.</source>
        <translation>%1 不是 IP-Adapter；它们是 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 is no IP-Adapter; please choose another file.</source>
        <translation>%1 不是 IP-Adapter；请选择其他文件。</translation>
    </message>
    <message>
        <source>%1 is an IP-Adapter of another kind (Plus, Full Face or FaceID), which cannot be used here; please get the plain one.</source>
        <translation>%1 是另一种 IP-Adapter（Plus、Full Face 或 FaceID），此处无法使用；请获取普通版本。</translation>
    </message>
    <message>
        <source>%1 is not a complete IP-Adapter; please fetch it again.</source>
        <translation>%1 不是完整的 IP-Adapter；请重新获取。</translation>
    </message>
    <message>
        <source>The image encoder of %1 is missing; please put its folder image_encoder beside the file.</source>
        <translation>缺少 %1 的图像编码器；请把它的 image_encoder 文件夹放到该文件旁边。</translation>
    </message>
    <message>
        <source>The image encoder beside %1 is another one than it was made for; please fetch the folder image_encoder that belongs to it.</source>
        <translation>%1 旁边的图像编码器与它不配套；请获取属于它的 image_encoder 文件夹。</translation>
    </message>
    <message>
        <source>The image encoder of %1 has no model.safetensors; please fetch its folder again.</source>
        <translation>%1 的图像编码器没有 model.safetensors；请重新获取它的文件夹。</translation>
    </message>
    <message>
        <source>The image encoder of %1 cannot be used (it must be a CLIPVisionModelWithProjection of usual size); please fetch its folder again.</source>
        <translation>%1 的图像编码器无法使用（必须是常规大小的 CLIPVisionModelWithProjection）；请重新获取它的文件夹。</translation>
    </message>
    <message>
        <source>The IP-Adapter %1 is made for %2 and cannot be used with %3; choose another way for the style image.</source>
        <translation>IP-Adapter %1 是为 %2 制作的，不能与 %3 一起使用；请为风格图选择其他方式。</translation>
    </message>
    <message>
        <source>The IP-Adapter %1 of this recipe is not at hand with its image encoder; please add it, or choose another way for the style image.</source>
        <translation>找不到此配方的 IP-Adapter %1 及其图像编码器；请添加它，或为风格图选择其他方式。</translation>
    </message>
    <message>
        <source>%1 is an IP-Adapter for style images; please add it in the settings under IP-Adapters.</source>
        <translation>%1 是用于风格图的 IP-Adapter；请在设置的 IP-Adapter 一栏中添加。</translation>
    </message>
    <message>
        <source>The IP-Adapter %1 cannot be loaded, because its file is damaged; please fetch it again.</source>
        <translation>无法加载 IP-Adapter %1，因为文件已损坏；请重新获取。</translation>
    </message>
    <message>
        <source>The IP-Adapter %1 has weights that are no numbers (NaN), so its training or its download went wrong; please get another copy.</source>
        <translation>IP-Adapter %1 的权重中有非数值（NaN），说明训练或下载出了错；请获取另一份。</translation>
    </message>
    <message>
        <source>The IP-Adapter %1 is made for another %2 model than %3; choose another way for the style image.</source>
        <translation>IP-Adapter %1 是为 %3 以外的另一个 %2 模型制作的；请为风格图选择其他方式。</translation>
    </message>
    <message>
        <source>The image encoder of %1 cannot be loaded, because its files do not fit together; please fetch its folder again.</source>
        <translation>无法加载 %1 的图像编码器，因为它的文件互不配套；请重新获取它的文件夹。</translation>
    </message>
    <message>
        <source>The image encoder of %1 has weights that are no numbers (NaN); please fetch its folder again.</source>
        <translation>%1 的图像编码器的权重中有非数值（NaN）；请重新获取它的文件夹。</translation>
    </message>
    <message>
        <source>There is not enough memory for the IP-Adapter of the style image; please close other programs or choose another way for the style image.</source>
        <translation>内存不足，无法加载风格图的 IP-Adapter；请关闭其他程序，或为风格图选择其他方式。</translation>
    </message>
    <message>
        <source>There is no IP-Adapter in this folder; they are .safetensors files.</source>
        <translation>此文件夹中没有 IP-Adapter；它们是 .safetensors 文件。</translation>
    </message>
    <message>
        <source>Style images can be taken over with %1 now.</source>
        <translation>现在可以用 %1 借用风格图了。</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Waiting for another training to end</source>
        <translation>正在等待另一个训练结束</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Preparing the pictures</source>
        <translation>正在准备图片</translation>
    </message>
    <message>
        <source>Making pictures to compare with</source>
        <translation>正在生成用于比较的图片</translation>
    </message>
    <message>
        <source>Judging the style</source>
        <translation>正在评估风格</translation>
    </message>
    <message>
        <source>The process that trains styles cannot be started; please run the set-up again.</source>
        <translation>无法启动训练风格的进程；请重新运行安装程序。</translation>
    </message>
    <message>
        <source>The process that trains styles is of another version (%1) than the window (%2); please close Maquette and start it again.</source>
        <translation>训练风格的进程版本（%1）与窗口版本（%2）不同；请关闭 Maquette 后重新启动。</translation>
    </message>
    <message>
        <source>The training was paused.</source>
        <translation>训练已暂停。</translation>
    </message>
    <message>
        <source>This training runs or waits already.</source>
        <translation>这个训练已在进行或等候。</translation>
    </message>
    <message>
        <source>The training was ended by the system, most likely because memory ran out; resume it to go on from its newest checkpoint.</source>
        <translation>训练被系统终止，很可能是内存不足；请继续训练，它会从最新的检查点接着进行。</translation>
    </message>
    <message>
        <source>The training ended unexpectedly (exit status %1); resume it to go on from its newest checkpoint.</source>
        <translation>训练意外结束（退出状态 %1）；请继续训练，它会从最新的检查点接着进行。</translation>
    </message>
    <message>
        <source>Memory ran out while the style was trained; please close other programs and resume the training.</source>
        <translation>训练风格时内存不足；请关闭其他程序，然后继续训练。</translation>
    </message>
    <message>
        <source>The training came apart, its loss is no number any more; please start it anew with fewer steps.</source>
        <translation>训练发散，误差已不是数字；请用更少的步数重新开始。</translation>
    </message>
    <message>
        <source>Styles can be trained for models that predict noise or velocity, and this one predicts %1; please choose another model.</source>
        <translation>只能为预测噪声或速度的模型训练风格，而这个模型预测 %1；请选择其他模型。</translation>
    </message>
    <message>
        <source>%1 was changed since the training was planned; please plan it anew.</source>
        <translation>%1 在计划训练之后被改动过；请重新计划。</translation>
    </message>
    <message>
        <source>%1 has changed since this training was planned; please plan it anew.</source>
        <translation>%1 在计划这个训练之后有了变化；请重新计划。</translation>
    </message>
    <message>
        <source>Nothing is learned yet that could be kept; please resume the training or delete it.</source>
        <translation>还没有学到可以保留的内容；请继续训练或将其删除。</translation>
    </message>
    <message>
        <source>The held-out pictures were never predicted better than by the base model, so the newest weights were kept; more pictures that are alike may help.</source>
        <translation>对留出图片的预测始终没有超过基础模型，因此保留了最新的权重；增加更多相似的图片可能有帮助。</translation>
    </message>
    <message>
        <source>Memory was short, so the style was learned in smaller parts.</source>
        <translation>内存不足，因此分成更小的部分学习风格。</translation>
    </message>
    <message>
        <source>Likeness to the pictures was not measured, because making pictures takes long on this device.</source>
        <translation>没有测量与图片的相似度，因为在这个设备上生成图片耗时很长。</translation>
    </message>
    <message>
        <source>%1 of %2 pictures made in this style are copies of ones it was trained on; please train it with more pictures or fewer steps.</source>
        <translation>以此风格生成的图片中有 %1 张（共 %2 张）是训练图片的副本；请用更多图片或更少步数训练。</translation>
    </message>
    <message>
        <source>The disk is full: free some space for %1 and resume the training, which goes on from its newest checkpoint.</source>
        <translation>磁盘已满：请为 %1 腾出空间，然后继续训练，它会从最新的检查点接着进行。</translation>
    </message>
    <message>
        <source>The training cannot be kept in %1; check that its disk is there and can be written to, then resume it.</source>
        <translation>训练无法保存在 %1；请检查磁盘是否存在并可写入，然后继续训练。</translation>
    </message>
    <message>
        <source>This training&apos;s files are missing or damaged; please start it anew.</source>
        <translation>这个训练的文件缺失或损坏；请重新开始。</translation>
    </message>
    <message>
        <source>The trained style&apos;s file cannot be read; please train it again.</source>
        <translation>无法读取训练好的风格文件；请重新训练。</translation>
    </message>
    <message>
        <source>The style&apos;s LoRA could not be saved in %1; check that the folder can be written to.</source>
        <translation>风格的 LoRA 无法保存在 %1；请检查该文件夹是否可写入。</translation>
    </message>
    <message>
        <source>This training is running; please pause it before deleting it.</source>
        <translation>这个训练正在进行；请先暂停再删除。</translation>
    </message>
    <message>
        <source>There is no such training; choose another one.</source>
        <translation>没有这个训练；请选择其他训练。</translation>
    </message>
    <message>
        <source>The training could not be moved; it may be running in another window of Maquette.</source>
        <translation>无法移动这个训练；它可能正在 Maquette 的另一个窗口中进行。</translation>
    </message>
    <message>
        <source>The training of “%1” was deleted; its style stays.</source>
        <translation>“%1”的训练已删除；它的风格会保留。</translation>
    </message>
    <message>
        <source>The training of “%1” is paused at step %2 of %3.</source>
        <translation>“%1”的训练暂停在第 %2 步，共 %3 步。</translation>
    </message>
    <message>
        <source>%1 trainings are paused; resume them in the Styles place.</source>
        <translation>%1 个训练已暂停；请在“风格”中继续。</translation>
    </message>
    <message>
        <source>The style “%1” is ready.</source>
        <translation>风格“%1”已就绪。</translation>
    </message>
    <message>
        <source>The sample picture of “%1” could not be made; the style can be used all the same.</source>
        <translation>“%1”的示例图片未能生成；风格仍可使用。</translation>
    </message>
    <message>
        <source>The device is training “%1”; pictures are made when that is paused or done.</source>
        <translation>设备正在训练“%1”；暂停或完成后才会生成图片。</translation>
    </message>
    <message>
        <source>A style needs at least %1 pictures that can be used, and there are %2; please add some, %3 to %4 are best.</source>
        <translation>训练风格至少需要 %1 张可用的图片，现在有 %2 张；请再添加一些，%3 到 %4 张最好。</translation>
    </message>
    <message>
        <source>A style is trained from at most %1 pictures, and there are %2; please choose the best %3 to %4.</source>
        <translation>训练风格最多用 %1 张图片，现在有 %2 张；请挑选最好的 %3 到 %4 张。</translation>
    </message>
    <message>
        <source>A style needs a name with a letter or a digit; please give it one.</source>
        <translation>风格的名称至少要有一个文字或数字；请给它起个名字。</translation>
    </message>
    <message>
        <source>A style&apos;s name has at most %1 characters; please choose a shorter one.</source>
        <translation>风格的名称最多 %1 个字符；请起个短一点的。</translation>
    </message>
    <message>
        <source>A picture is in the training twice; please take one of the two out.</source>
        <translation>有一张图片重复了；请移出其中一张。</translation>
    </message>
    <message>
        <source>A training holds some pictures back to judge by, and not all of them.</source>
        <translation>训练要留出几张图片作检验，但不能全部留出。</translation>
    </message>
    <message>
        <source>Each picture needs a caption of at most %1 characters; please look through them.</source>
        <translation>每张图片都需要说明，最多 %1 个字符；请检查一遍。</translation>
    </message>
    <message>
        <source>A crop lies outside of its picture; please set it again.</source>
        <translation>裁剪框超出了图片；请重新设置。</translation>
    </message>
    <message>
        <source>A training takes 1 to %1 steps, not %2.</source>
        <translation>训练的步数是 1 到 %1，不能是 %2。</translation>
    </message>
    <message>
        <source>The rank of a style is 1 to %1, not %2.</source>
        <translation>风格的秩是 1 到 %1，不能是 %2。</translation>
    </message>
    <message>
        <source>The learning rate is above 0 and at most 0.1, not %1.</source>
        <translation>学习率要大于 0，最高 0.1，不能是 %1。</translation>
    </message>
    <message>
        <source>A batch has at most %1 pictures, not %2.</source>
        <translation>每批最多 %1 张图片，不能是 %2 张。</translation>
    </message>
    <message>
        <source>The words that call a style need a letter or a digit; please add some.</source>
        <translation>触发词至少要有一个文字或数字；请补充。</translation>
    </message>
    <message>
        <source>The training needs about %1 GB of memory and this device has %2 GB; choose a smaller batch or a smaller model.</source>
        <translation>训练大约需要 %1 GB 内存，而这台设备只有 %2 GB；请减小批量，或换一个小一些的模型。</translation>
    </message>
    <message>
        <source>The training needs about %1 GB of memory and %2 GB are free now; close other programs, or it will be slow.</source>
        <translation>训练大约需要 %1 GB 内存，现在可用 %2 GB；请关闭其他程序，否则会很慢。</translation>
    </message>
    <message>
        <source>The training needs about %1 GB on the disk and %2 GB are free; please make room.</source>
        <translation>训练大约需要 %1 GB 磁盘空间，现在可用 %2 GB；请腾出空间。</translation>
    </message>
    <message>
        <source>%1 is not there; please check the folder of pictures.</source>
        <translation>%1 不存在；请检查图片文件夹。</translation>
    </message>
    <message>
        <source>%1 cannot be read; please check the folder of pictures.</source>
        <translation>无法读取 %1；请检查图片文件夹。</translation>
    </message>
    <message>
        <source>The name of the file %1 is not valid text; please rename it.</source>
        <translation>文件名 %1 不是有效的文字；请重命名。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MiB and was not read.</source>
        <translation>%1 超过 %2 MiB，没有读取。</translation>
    </message>
    <message>
        <source>%1 has only %2 × %3 pixels, too few to learn from.</source>
        <translation>%1 只有 %2 × %3 像素，太小，无法学习。</translation>
    </message>
    <message>
        <source>%1 is smaller than the model&apos;s pictures (%2 × %3) and is enlarged.</source>
        <translation>%1 比模型的图片小（%2 × %3），会被放大。</translation>
    </message>
    <message>
        <source>%1 looks blurred; a style learns the blur too.</source>
        <translation>%1 看起来模糊；模糊也会被学进风格里。</translation>
    </message>
    <message>
        <source>%1 is long and narrow; only the crop is learned from.</source>
        <translation>%1 又长又窄；只学习裁剪的部分。</translation>
    </message>
    <message>
        <source>%1 has several pictures; only the first one is learned from.</source>
        <translation>%1 里有多张图片；只学习第一张。</translation>
    </message>
    <message>
        <source>%1 looks the same as %2 and is left out.</source>
        <translation>%1 与 %2 看起来相同，不会使用。</translation>
    </message>
    <message>
        <source>The draft of the training could not be saved to %1 (%2); check that the folder can be written to.</source>
        <translation>无法把训练的草稿保存到 %1（%2）；请检查文件夹是否可写。</translation>
    </message>
</context>
</TS>
